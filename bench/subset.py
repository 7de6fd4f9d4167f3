"""The example subset by pandas and by DuckDB, on the tables of a dataset: python bench/subset.py pandas|duckdb count|text DATASET OUT"""

import sys
import time

started = time.perf_counter()
engine, what, dataset, out = sys.argv[1:5]
MRI = {"mri", "t1", "t2", "flair", "dwi"}


def by_pandas():
    import pandas as pd

    images = pd.read_parquet(f"{dataset}/images.parquet", columns=["image_id", "article_id", "figure_id", "case_ids", "labels", "caption", "file"])
    labels = images["labels"].map(set)
    images = images[images["file"].notna() & labels.map(lambda own: bool(own & MRI) and "head" in own)]
    images = images[images["caption"].str.contains("metastasis|tumor|mass", case=False)]
    cases = pd.read_parquet(f"{dataset}/cases.parquet", columns=["case_id", "article_id", "gender", "age", "case_text"])
    cases = cases[(cases["age"] >= 18) & (cases["gender"] == "Male")]
    named = images.explode("case_ids")
    cases = cases[cases["case_id"].isin(set(named["case_ids"]))]
    cases = cases[cases["case_text"].str.contains("tumor|cancer|carcinoma", case=False)]
    named = named[named["case_ids"].isin(set(cases["case_id"]))]
    if what == "text":
        cases.to_csv(out, index=False)
    return named["image_id"].nunique(), len(cases)


def by_duckdb():
    import duckdb

    db = duckdb.connect()
    db.execute(
        f"""create temp table picked as
        with shown as (
          select image_id, unnest(case_ids) as case_id from '{dataset}/images.parquet'
          where file is not null and list_has_any(labels, {sorted(MRI)}) and list_contains(labels, 'head')
            and regexp_matches(caption, 'metastasis|tumor|mass', 'i'))
        select c.*, s.image_id from '{dataset}/cases.parquet' c join shown s using (case_id)
        where c.age >= 18 and c.gender = 'Male' and regexp_matches(c.case_text, 'tumor|cancer|carcinoma', 'i')"""
    )
    if what == "text":
        db.execute(f"copy (select distinct case_id, article_id, gender, age, case_text from picked) to '{out}' (header)")
    return db.execute("select count(distinct image_id), count(distinct case_id) from picked").fetchone()


images, cases = by_pandas() if engine == "pandas" else by_duckdb()
print(f"{images} images, {cases} patients, {time.perf_counter() - started:.2f} s inside")
