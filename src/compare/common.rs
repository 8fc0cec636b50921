//! How common English stems are: the share of sentences that hold them, as idf in steps of .5 nat.
//!
//! Counted once over 98,107 sentences of openly licensed prose (MASC, GUM, EWT, Wikinews, Voice of America, SETimes,
//! State of the Union addresses, Wikipedia); only the counts are here. Invariant: a stem stands in one row. A stem that
//! is not here is rare ([`RARE`]). Not here: how often a word stands in the articles at hand (`sentence.rs`).

use crate::text::interner::Interner;
use std::sync::OnceLock;

/// The idf (nats) of stems that are not in the table.
pub const RARE: f64 = 7.5;

/// Tenths of a nat, and the stems with about that idf.
const ROWS: &[(u8, &str)] = &[
    (5, "the"),
    (10, "and of to in"),
    (15, "a"),
    (20, "that is for it on was with"),
    (25, "i as we by be this he have our are from at"),
    (30, "not will you but an his all which has year or they one their"),
    (
        35,
        "can were more peopl nation time also new other there who so been first do state had my world if work no us \
         would when what use these make than now govern about",
    ),
    (
        40,
        "up out onli american must your after two s them she into some most like over countri me mani just well right \
         said know may go those need her america such should unit made includ help ani then where becaus day against \
         great presid way befor",
    ),
    (
        45,
        "take dure last war congress live say get through play part program continu come everi good power own call \
         between citi support end him develop could system both secur think under three while how follow back here \
         place want game see peac home th provid chang public long much de look law increas second film let name even \
         did veri life million forc number ask import high base mean still famili differ free same howev interest \
         give sinc servic later school today set season believ record found releas area group start feder hope \
         product open major thing econom move down final build show centuri don't meet member",
    ),
    (
        50,
        "hous again appear direct around point am respons children act general next report best team each d form plan \
         problem anoth sever goal off never freedom relat internat job man present tax until without citizen futur \
         propos protect effort becom busi find result requir person success creat effect hand histori upon human la \
         togeth union too question four tri return run t author communiti offic care control local possibl action \
         month exampl issu better larg com friend order i'm origin remain serv face becam men militari among turn old \
         seri near keep economi polit rate earli l oper polici industri known health inform manag produc lead shall \
         score win sign parti put whi ever case pass reach http left receiv cost region begin caus week doe term \
         small within land subject word opportun educ far perform defens le trade addit full strong line third past \
         administr leagu studi few thank level compani fact join design achiev came stand progress constitut market \
         featur head reason posit share c side complet social close activ age littl sure singl someth common allow \
         clear album onc budget jack book less consid measur establish exist money south alway special train toward \
         billion music five",
    ),
    (
        55,
        "natur north improv limit respect septemb began legisl alreadi yet tell attack talk tonight took cut offer \
         pay thought might individu reduc further realli bring island period love assist read dollar e offici current \
         role air won elect match hold process understand event purpos along foreign recommend mr cours ago club \
         initi repres east recent price although arm feel main often away real organiz career popul save certain \
         challeng particular river though god march player short generat leader test due women leav given learn stop \
         former m water star cannot valu concern seem got total stori universiti fund bill independ rule expect octob \
         carri object promot et experi half june modern step kind across hard six languag research view whole project \
         add civil cultur deal januari standard date fight charact critic equal associ depart yeah accord top white \
         die went abl west construct les institut maintain post express list done we'r energi center resourc strength \
         pleas self execut involv u commit determin lost decis societi spend reform young song b black late yes band \
         write space almost light seek death seen fellow practic advanc behind benefit describ grow honor hour finish \
         justic note growth rememb discuss enough extend mind idea necessari juli address faith led rais sourc grant \
         signific worker similar walk august forward titl privat sound fair messag court john prosper senat actual \
         field locat principl review taken throughout told applaus town en collect demand matter april contribut \
         suggest whether des park depend figur invest york street weapon danger true al held percent avail re europ \
         built child speak kill lot night confid duti itself vote greater written hit st technolog watch account \
         version entir fail incom visit regard aid expand commiss least anim european sens competit employ spirit \
         claim heart preserv race debut encourag scienc un decid popular themselv enter financi promis bit minut \
         accept art decemb food big bush type central class iraq father o du influenc mark tradit cover middl \
         previous soon announc either site attempt crime refer speci publish credit rather replac prepar travel \
         english noth",
    ),
    (
        60,
        "contain parent agre condit happen materi campaign moment rang son februari immedi labor situat capit rest \
         cooper non bank agreement prevent rise section task whose est basic defeat serious we'v england fall uh \
         especi probabl road various balanc born structur contract minist didn't estim novemb theori histor particip \
         abov democrat eye strengthen washington answer armi car democraci georg sea student you'r alon lower red \
         sent oh co connect ship news western can't decad china i'v send soviet specif agenc key amount function met \
         coach doubl station averag ground instead despit earn essenti fire indic transfer defend earth gave video \
         access charg risk summer approach colleg round attend drug higher occur thousand une room anyth dan gain \
         fiscal ii press board suffer welfar church reduct thus abil choic consist longer low therefor beyond threat \
         observ eventu id p terror door except mother india brother domest largest loss regular um saw retir seven \
         bodi evid recogn style expenditur fear qualiti arriv brought nuclear affect liberti n televis tour track \
         voic movement polic king loan model quick g insur separ stay adopt british compar wide appropri cross enjoy \
         greek mail correct himself detail franc front lie outsid earlier valley letter sequel victori comput scene \
         declar hundr medic net network rock suppli enforc global religi select wait chief conflict director highest \
         indian woman approv assur eight inflat attent environ sparrow readi terrorist trust appli bear california \
         farm lose plant request chanc explain firm ahead arab extens greatest r sometim break cup district focus \
         combin australia color f governor relationship remov ten wage draw gun heard il negoti document pour texa \
         transport anti buy k struggl articl fourth realiz wall command conduct destroy host movi ourselv alli lack \
         minor oblig agricultur engin happi link properti republ wonder launch moral agent artist beauti check crisi \
         divis hear leadership mountain spent border comment dream drive element email media nor pm wish data fulli \
         intellig reserv restor consider everyth imag stage counti els mission profession que vice wrong opinion \
         perhap poor they'r bad french safe southern deficit purchas boy difficult method per urg assum j sport \
         captain favor speaker villag vital award confer skill someon statement text basi desir girl northern conserv \
         memori paper sit trial z complex declin demonstr foundat territori corpor doesn't exact financ choos david \
         german revenu simpli dead permit annual consum lake page pick shown size strike bless committe fill renew \
         debt defin introduc proper afford avoid channel elizabeth ensur footbal potenti wife wrote battl enact \
         inspir kid nine prove simpl usual",
    ),
    (
        65,
        "compos san william centr ideal affair identifi integr interview legal mere regul effici episod gift mass \
         succeed au guid hospit intend knowledg mention normal concept domin hong perman search whom enemi equip kong \
         none perfect africa appoint christian eu facil session resid ultim aggress diseas doctor era invit pattern \
         rank sur drop engag everyon nativ submit chines commerci elimin gone judg ought payment reflect teach expans \
         explor investig spring unemploy contact distribut plus prime w asia below degre miss threaten tie x abroad \
         bridg celebr content surviv welcom argument classic constant file solut teacher belief burden felt greec \
         youth angel blue custom debat truth eastern insid republican camp capac deriv discov germani pictur port \
         quit secretari accomplish afghanistan easi injuri liber pressur safeti scientif bay larger oil pakistan \
         anyon approxim coupl sustain theme tinyurl whatev www branch communic compet latin proud sell senior troop \
         clean coast gold green physic profit attract fli michael sale amend courag enterpris flight jame jone \
         opposit russia v wast deep israel pursu quarter rapid rout shape turner championship enron h i'll joint \
         listen stabil tree adapt aim altern definit mix par pledg shop speed translat council dark expens substanti \
         box broadcast festiv notabl path prequel code destruct hall morn sold target tv window copi divid iran \
         neighbor piec resolv russian status canada damag distinct dog numer patient surround troubl we'll japan \
         master poverti repeat violenc distinguish failur famous mayb mid repli turkey card confirm farmer goe grand \
         ill notic obtain plain refus robert roll ignor mutual partner qui sort store cap display examin fan premier \
         presenc websit heavi push respond revolut royal transit treatment ancient cold deni exercis factor kosovo \
         novel partnership squar arrest biolog consequ instrument secret shot adequ dr item option paul prison candid \
         dedic flow fundament internet religion suit tabl tom wise argu employe relief vast block imagin instanc \
         older strategi weight advantag champion empir label oppos overal soldier spread applic ce fit ident possess \
         pull reveal rich airport conclus mile paid settlement subsequ user fix i'd marri murder hill impact myself \
         ocean richard unless doubt electr london ly manufactur museum peak prompt writer absolut adjust capabl \
         communist crew daili emergenc knew pari provis roman solv suppos crowd difficulti mexico prioriti realiti \
         templ veteran worth architectur exchang floor olymp proceed radio sun tomorrow treati format guest kept \
         neither postal ran spanish spoke staff surpris tournament winter bar don guard nato qaeda urban brave \
         convent gather guarante implement marin occas varieti allianc belong bomb chemic danc dear marriag monday \
         paint",
    ),
];

/// Global idf of a stem, in nats: .5 ("the") to 7.5 (not among the 1,600 commonest).
pub fn idf(stem: &str) -> f64 {
    static TABLE: OnceLock<(Interner, Vec<u8>)> = OnceLock::new();
    let (stems, tenths) = TABLE.get_or_init(|| {
        let (mut known, mut all) = (Interner::default(), Vec::new());
        for (tenths, stems) in ROWS {
            for stem in stems.split(' ') {
                known.number(stem);
                all.push(*tenths);
            }
        }
        (known, all)
    });
    let tenths = stems.find(stem).and_then(|number| tenths.get(number as usize));
    tenths.map_or(RARE, |tenths| f64::from(*tenths) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_less_and_no_stem_is_twice() {
        assert!(idf("the") < idf("govern") && idf("govern") < idf("jcpoa"));
        let mut all: Vec<&str> = ROWS.iter().flat_map(|(_, stems)| stems.split(' ')).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
