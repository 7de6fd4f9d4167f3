"""Loads exports of the sample with the programs that they are made for, and compares them with the dataset itself."""

import csv
import glob
import io
import json
import sys
import traceback
import zipfile

import pyarrow.parquet as pq
from PIL import Image

work, report = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ''
TABLES = ('articles', 'cases', 'figures', 'images')
KEY = {'articles': 'article_id', 'cases': 'case_id', 'figures': 'figure_id', 'images': 'image_id'}
SPLITS = ('train', 'validation', 'test')

rows = {table: pq.read_table(f'{work}/split/{table}.parquet').to_pylist() for table in TABLES}
# The exports have the split in the names of their files, not in their rows.
split_of = {row['article_id']: row['split'] for row in rows['articles']}
for row in (row for table in TABLES for row in rows[table]):
    del row['split']
pictures = {row['image_id']: row for row in rows['images'] if row['file'] is not None}
checks = []


def check(function):
    checks.append(function)
    return function


def same(found, expected, what=''):
    assert found == expected, f'{what}: {found!r}, not {expected!r}'


def pixels(file):
    with Image.open(f'{work}/split/{file}') as image:
        return image.size, image.convert('RGB').tobytes()


@check
def datasets_loads_images_with_pictures_decoded():
    from datasets import load_dataset

    loaded = load_dataset(f'{work}/huggingface')
    same(set(loaded), set(SPLITS), 'splits')
    seen = set()
    for split, part in loaded.items():
        for row in part:
            same(split_of[row['article_id']], split, row['image_id'])
            same((row['image'].size, row['image'].convert('RGB').tobytes()), pixels(row['file']), row['image_id'])
            same({name: row[name] for name in pictures[row['image_id']]}, pictures[row['image_id']], row['image_id'])
            seen.add(row['image_id'])
    same(seen, set(pictures), 'images')


@check
def datasets_loads_one_split():
    from datasets import load_dataset

    part = load_dataset(f'{work}/huggingface', split='test')
    same(part.num_rows, sum(split_of[row['article_id']] == 'test' for row in pictures.values()), 'rows')


@check
def datasets_loads_what_is_not_split_and_what_has_no_pictures():
    from datasets import load_dataset

    whole = pq.read_table(f'{work}/dataset/images.parquet').to_pylist()
    loaded = load_dataset(f'{work}/whole-huggingface')
    same({split: part.num_rows for split, part in loaded.items()}, {'train': sum(row['file'] is not None for row in whole)})
    texts = pq.read_table(f'{work}/texts/cases.parquet').to_pylist()
    same(load_dataset(f'{work}/texts-huggingface', split='train').to_list(), texts)


@check
def classes_are_class_labels():
    import webdataset as wds
    from datasets import load_dataset

    loaded = load_dataset(f'{work}/classes-huggingface', split='train')
    names = loaded.features['class'].names
    same(names, ['ct', 'mri'])
    with open(f'{work}/classes/classification.csv') as file:
        expected = {row['file_id']: row['class'] for row in csv.DictReader(file)}
    same({row['image_id']: names[row['class']] for row in loaded}, expected)
    data = wds.WebDataset(f'{work}/classes-webdataset/train-000000.tar', shardshuffle=False).decode('pil').to_tuple('json', 'cls')
    same({row['image_id']: names[place] for row, place in data}, expected)


@check
def datasets_streams():
    from datasets import load_dataset

    first = next(iter(load_dataset(f'{work}/huggingface', split='train', streaming=True)))
    same(first['image'].size, (first['width'], first['height']), first['image_id'])


@check
def datasets_loads_the_other_tables_as_they_are():
    from datasets import load_dataset

    for table in ('cases', 'figures', 'articles'):
        loaded = load_dataset(f'{work}/huggingface', table)
        found = {row[KEY[table]]: row for part in loaded.values() for row in part}
        same(found, {row[KEY[table]]: row for row in rows[table]}, table)


@check
def datasets_and_the_card_agree():
    from huggingface_hub import DatasetCard

    card = DatasetCard.load(f'{work}/huggingface/README.md')
    same(card.data.license, 'other')
    same(card.data.license_link, 'LICENSES.md')
    same([config['config_name'] for config in card.data.configs], ['images', 'cases', 'figures', 'articles'])
    same(card.data.language, sorted({row['language'] for row in rows['articles']} - {None}))


@check
def webdataset_reads_samples_with_pictures_decoded():
    import webdataset as wds

    seen = set()
    for split in SPLITS:
        shards = sorted(glob.glob(f'{work}/webdataset/{split}-*.tar'))
        data = wds.WebDataset(shards, shardshuffle=False).decode('pil').to_tuple('__key__', 'webp;png', 'json', 'txt')
        for key, picture, row, text in data:
            expected = pictures[row['image_id']]
            same(split_of[row['article_id']], split, key)
            same((picture.size, picture.tobytes()), pixels(expected['file']), key)
            same(text, expected['caption'], key)
            same({name: row[name] for name in expected}, expected, key)
            seen.add(row['image_id'])
    same(seen, set(pictures), 'samples')


@check
def pycocotools_reads_boxes_and_captions():
    from pycocotools.coco import COCO

    boxes, captions = 0, 0
    for split in SPLITS:
        panels = COCO(f'{work}/coco/annotations/panels_{split}.json')
        for one in panels.loadAnns(panels.getAnnIds()):
            image = panels.loadImgs(one['image_id'])[0]
            mask = panels.annToMask(one)
            same(mask.shape, (image['height'], image['width']), one['panel_id'])
            assert abs(int(mask.sum()) - one['area']) <= 0.02 * one['area'] + 2, one
            boxes += 1
        labels = COCO(f'{work}/coco/annotations/labels_{split}.json')
        assert labels.getCatIds(catNms=['ct'])
        texts = COCO(f'{work}/coco/annotations/captions_{split}.json')
        for one in texts.loadAnns(texts.getAnnIds()):
            image = texts.loadImgs(one['image_id'])[0]
            same(Image.open(f'{work}/coco/{image["file_name"]}').size, (image['width'], image['height']))
            same(one['caption'], pictures[image['panel_id']]['caption'])
            captions += 1
    same((boxes, captions), (sum(row['box'] is not None for row in rows['images']), len(pictures)))


@check
def mlcroissant_finds_nothing_wrong():
    import mlcroissant as mlc

    metadata = mlc.Dataset(f'{work}/croissant/croissant.json').metadata
    same((list(metadata.ctx.issues.errors), list(metadata.ctx.issues.warnings)), ([], []))
    same(metadata.name if isinstance(metadata.name, str) else metadata.name['en'], 'The sample')


@check
def mlcroissant_reads_tables_with_nested_columns():
    import mlcroissant as mlc

    dataset = mlc.Dataset(f'{work}/croissant/croissant.json')
    for table in TABLES:
        found = {}
        for record in dataset.records(table):
            row = plain(record, f'{table}/')
            found[row[KEY[table]]] = row
        same(set(found), {row[KEY[table]] for row in rows[table]}, table)
        for row in rows[table]:
            own = found[row[KEY[table]]]
            same(own['split'], split_of[row['article_id']])
            for name in ('entities', 'box', 'labels', 'case_text', 'age', 'year', 'authors'):
                # A struct that is null comes as one of nulls.
                if row.get(name) is not None:
                    same(own[name], row[name], f'{row[KEY[table]]}, {name}')


@check
def mlcroissant_reads_the_pictures():
    import mlcroissant as mlc

    found = 0
    for record in mlc.Dataset(f'{work}/croissant/croissant.json').records('pictures'):
        file = record['pictures/file'].decode()
        same(record['pictures/picture'].size, pixels(file)[0], file)
        found += 1
    same(found, len(pictures))


def plain(value, prefix=''):
    """Records of mlcroissant as Python's own: bytes are texts, names without their record set."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.split('/')[-1]: plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value.item() if hasattr(value, 'item') else value


@check
def zenodo_archives_unpack_into_the_layout():
    found = {}
    for path in glob.glob(f'{work}/zenodo/images-*.zip'):
        with zipfile.ZipFile(path) as archive:
            same(archive.testzip(), None)
            for name in archive.namelist():
                found[name] = archive.read(name)
    same(set(found), {row['file'] for row in pictures.values()})
    for row in pictures.values():
        same(Image.open(io.BytesIO(found[row['file']])).size, (row['width'], row['height']))
    assert len(glob.glob(f'{work}/zenodo/*') + glob.glob(f'{work}/zenodo/.z*')) <= 100


@check
def pandas_reads_tables():
    import pandas as pd

    for table in TABLES:
        same(len(pd.read_csv(f'{work}/csv/{table}.csv')), len(rows[table]), table)
        same(len(pd.read_json(f'{work}/jsonl/{table}.jsonl', lines=True)), len(rows[table]), table)
    captions = pd.read_csv(f'{work}/multicare/captions_and_labels.csv')
    same(len(captions), len(rows['images']))
    cases = pd.read_parquet(f'{work}/multicare/cases.parquet').explode('cases')
    same(len(cases), len(rows['cases']))


failed = 0
for one in checks:
    try:
        one()
        print(f'ok      {one.__name__}')
    except Exception:
        failed += 1
        print(f'FAILED  {one.__name__}')
        traceback.print_exc(limit=4, file=sys.stdout)
passed = len(checks) - failed
if report:
    with open(report, 'w') as file:
        json.dump({'passed': passed, 'failed': failed}, file)
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed else 0)
