"""Splits a dataset by article: splits.jsonl, as `legenda export` reads it."""

import json
import sys

import pyarrow.parquet as pq

folder = sys.argv[1]
ids = pq.read_table(f'{folder}/articles.parquet', columns=['article_id'])['article_id'].to_pylist()
with open(f'{folder}/splits.jsonl', 'w') as file:
    for i, article_id in enumerate(ids):
        split = 'train' if i % 4 < 2 else 'validation' if i % 4 == 2 else 'test'
        file.write(json.dumps({'article_id': article_id, 'split': split}) + '\n')
