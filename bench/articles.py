"""Reads JATS files with BeautifulSoup (lxml) for the same fields as the article reader; driven by bench/articles.ts.

Reads file names from standard input, one a line, and an empty line as the end of a round; prints the seconds of each
round and how many figures and paragraphs were found, so that both sides can be seen to do the same work.
"""
import sys
import time

from bs4 import BeautifulSoup


def text(tag):
    return " ".join(tag.get_text().split()) if tag else None


def read(path):
    with open(path, "rb") as file:
        soup = BeautifulSoup(file.read(), "lxml-xml")
    article = soup.find("article")
    meta = article.find("article-meta")
    ids = {i.get("pub-id-type"): text(i) for i in meta.find_all("article-id", recursive=False)}
    licence = meta.find("license")
    body = article.find("body")
    record = {
        "ids": ids,
        "title": text(meta.find("article-title")),
        "journal": text(article.find("journal-title")),
        "year": text(meta.find("year")),
        "license": [licence.get("xlink:href")] + [a.get("xlink:href") for a in licence.find_all("ext-link")] if licence else None,
        "license_text": text(licence),
        "authors": [
            (text(c.find("surname")), text(c.find("given-names")), text(c.find("contrib-id")), [x.get("rid") for x in c.find_all("xref")])
            for c in meta.find_all("contrib")
        ],
        "affiliations": {a.get("id"): text(a) for a in meta.find_all("aff")},
        "keywords": [text(k) for k in meta.find_all("kwd")],
        "abstract": text(meta.find("abstract")),
        "sections": [],
        "figures": [],
        "tables": [],
    }
    for section in body.find_all("sec") if body else []:
        record["sections"].append((text(section.find("title", recursive=False)), [text(p) for p in section.find_all("p", recursive=False)]))
    record["references"] = [(x.get("ref-type"), x.get("rid"), text(x)) for x in body.find_all("xref")] if body else []
    for figure in article.find_all("fig"):
        caption = figure.find("caption")
        graphic = figure.find("graphic")
        record["figures"].append(
            (
                figure.get("id"),
                text(figure.find("label")),
                text(caption),
                [text(b) for b in caption.find_all(["bold", "italic"])] if caption else [],
                graphic.get("xlink:href") if graphic else None,
            )
        )
    for table in article.find_all("table-wrap"):
        rows = [[text(c) for c in row.find_all(["td", "th"])] for row in table.find_all("tr")]
        record["tables"].append((table.get("id"), text(table.find("label")), text(table.find("caption")), rows))
    return record


def rounds():
    names = []
    for line in sys.stdin:
        name = line.rstrip("\n")
        if name:
            names.append(name)
            continue
        start = time.perf_counter()
        records = [read(name) for name in names]
        seconds = time.perf_counter() - start
        print(seconds, sum(len(r["figures"]) for r in records), len(records), flush=True)
        names = []


rounds()
