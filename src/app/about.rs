//! About this file: what it is made of, and what it does not do.

use super::bits::{counted, does, href, sign, thousands};
use super::html::{classes, html};
use super::{library, states, words};
use crossread::engine::views::{About as Answer, ArticleRef};
use crossread::session::{Action, Address, Overlay, Shared};
use yew::prelude::*;

/// What the view is drawn from.
#[derive(PartialEq)]
pub struct AboutProps {
    /// The answer; `None` while it is under way.
    pub answer: Option<Shared<Answer>>,
    /// Articles that are listed at most.
    pub listed: u32,
    /// Whether articles were taken in and not saved.
    pub unsaved: bool,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// Where actions go.
    pub dispatch: Callback<Action>,
}

/// About this file.
pub fn about(props: &AboutProps) -> Html {
    let AboutProps { answer, listed, unsaved, shortcuts, dispatch } = props;
    let Some(about) = answer else {
        return html! { <main id="main" tabindex="-1"><div class="wrap"><header class="view-head"><h1 tabindex="-1">{ "About this file" }</h1></header>{ states::waiting("Reading") }</div></main> };
    };
    let bytes: u64 = about.sections.iter().map(|(_, bytes)| bytes).sum();
    let keys = does(dispatch, Action::Overlay(Overlay::Keys));
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap about">
                <header class="view-head"><h1 tabindex="-1">{ "About this file" }</h1></header>
                <dl class="facts wide">
                    <dt>{ "Title" }</dt><dd dir="auto">{ if about.title.is_empty() { "none given" } else { &about.title } }</dd>
                    <dt>{ "Edition" }</dt>
                    <dd><b class="nowrap">{ words::edition(&about.edition) }</b>{ " " }<code class="dim">{ &about.edition }</code>
                        if *unsaved { <p>{ "Articles were added or names corrected since this file was opened, and that is not saved yet. " }<a href={href(&Address::of(crossread::session::View::Open))}>{ "Save a copy" }</a></p> }
                    </dd>
                    <dt>{ "Articles" }</dt><dd>{ thousands(about.articles.len() as u32) }</dd>
                    <dt>{ "Corrections" }</dt><dd><a href={href(&Address::of(crossread::session::View::Corrections))}>{ if about.corrections == 0 { "none".to_owned() } else { counted(about.corrections, "correction of names", "corrections of names") } }</a></dd>
                    <dt>{ "Made by" }</dt><dd>{ &about.made_by }{ format!(", corpus format {}", about.format) }</dd>
                    <dt>{ "Size" }</dt><dd>{ size(bytes) }{ " of articles, index and names" }</dd>
                    <dt>{ "Network" }</dt>
                    <dd>{ "None. This page loads nothing and sends nothing: its security policy forbids every connection, and it works the same with the network off. Links out of articles open only when you click them." }</dd>
                    <dt>{ "Storage" }</dt>
                    <dd>{ "Nothing of an article, a query or a link is kept in the browser. On a web site the choice of light or dark is remembered." }</dd>
                    <dt>{ "Edition means" }</dt>
                    <dd>{ "The fingerprint (SHA-256) of the articles’ contents. The same articles give the same edition on any machine; a copied link carries its first eight digits." }</dd>
                    <dt>{ "Keys" }</dt>
                    <dd><button class="link" onclick={keys}>{ "All keys" }</button>{ if *shortcuts { "; single-key shortcuts are on" } else { "; single-key shortcuts are off" } }</dd>
                </dl>
                <section class="sec">
                    <h2>{ "Articles" }</h2>
                    <ol class="records">{ for about.articles.iter().take(*listed as usize).map(|(article, hash)| record(article, hash)) }</ol>
                    { for library::longer(*listed as usize, about.articles.len() as u32, dispatch) }
                </section>
                { library::foot(&Some(about.edition.clone()), dispatch) }
            </div>
        </main>
    }
}

fn record(article: &ArticleRef, hash: &str) -> Html {
    let known = |value: &Option<String>, word: &'static str| match value {
        Some(value) => html! { <bdi>{ value }</bdi> },
        None => html! { <span class="dim">{ word }</span> },
    };
    let url = article.url.as_ref().map(|url| {
        html! {
            <a href={url.clone()} rel="noopener noreferrer" target="_blank"><bdi>{ url }</bdi></a>
        }
    });
    html! {
        <li key={article.slug.clone()}>
            <h3 dir="auto">if article.letter.is_some() { { sign(article, false) }{ " " } }<a href={href(&Address::article(&article.slug, ""))}>{ &article.title }</a></h3>
            <p class="meta">
                <bdi>{ &article.file }</bdi>
                { known(&article.source, "no source given") }
                { known(&article.author, "no author given") }
                <span class={classes!(article.date.is_none().then_some("dim"))}>{ article.date.as_deref().map_or(words::NO_DATE.to_owned(), words::date) }</span>
                { known(&article.licence, "no licence given") }
                <span>{ counted(article.words, "word", "words") }</span>
            </p>
            { for url }
            <p class="dim"><code>{ hash }</code></p>
        </li>
    }
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} bytes", thousands(bytes as u32)),
        10_000..10_000_000 => format!("{} kB", thousands((bytes / 1000) as u32)),
        _ => format!("{} MB", thousands((bytes / 1_000_000) as u32)),
    }
}
