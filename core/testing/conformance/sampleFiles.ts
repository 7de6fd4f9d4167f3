/** A file as readers of articles and pictures get it. */
export interface SampleFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const file = (name: string, text: string): SampleFile => ({ file: name, bytes: encoder.encode(text) });

/** A short article in the formats that are common. */
export const SAMPLE_FILES: readonly SampleFile[] = [
  file(
    'jats.xml',
    `<?xml version="1.0"?><article article-type="case-report" xml:lang="en"><front><article-meta>
<article-id pub-id-type="pmc">PMC1</article-id><title-group><article-title>A swollen hand</article-title></title-group>
</article-meta></front><body><sec><title>Case</title><p>A man came with a swollen hand (<xref ref-type="fig" rid="f1">Fig. 1</xref>).</p>
<fig id="f1"><label>Figure 1</label><caption><p>(<bold>A</bold>) Radiograph – “before”. (<bold>B</bold>) MRI.</p></caption></fig>
</sec></body></article>`,
  ),
  file(
    'bioc.xml',
    `<?xml version="1.0"?><collection><source>PMC</source><date>20200101</date><key>k</key><document><id>1</id>
<passage><infon key="section_type">TITLE</infon><infon key="type">front</infon><offset>0</offset><text>A swollen hand</text></passage>
<passage><infon key="section_type">CASE</infon><infon key="type">paragraph</infon><offset>15</offset><text>A man came with a swollen hand.</text></passage>
</document></collection>`,
  ),
  file(
    'bioc.json',
    JSON.stringify({
      source: 'PMC',
      date: '20200101',
      key: 'k',
      infons: {},
      documents: [
        {
          id: '1',
          infons: {},
          passages: [
            {
              offset: 0,
              infons: { section_type: 'TITLE', type: 'front' },
              text: 'A swollen hand',
              sentences: [],
              annotations: [],
              relations: [],
            },
            {
              offset: 15,
              infons: { section_type: 'CASE', type: 'paragraph' },
              text: 'A man came with it.',
              sentences: [],
              annotations: [],
              relations: [],
            },
          ],
          annotations: [],
          relations: [],
        },
      ],
    }),
  ),
  file(
    'plain.txt',
    'A swollen hand\n\nCase\n\nA man came with a swollen hand. He recovered.\n\nFigure 1. Radiograph of the hand.\n',
  ),
  file('titled.txt', 'Title: A swollen hand\n\nA man came with a swollen hand.\n\nFigure: Radiograph of the hand.\n'),
];

/** Files that are no articles and no pictures, or only begin as such. */
export const BAD_FILES: readonly SampleFile[] = [
  { file: 'empty', bytes: new Uint8Array(0) },
  { file: 'zeros', bytes: new Uint8Array(512) },
  { file: 'noise', bytes: Uint8Array.from({ length: 4096 }, (_, i) => (i * 2654435761) >>> 24) },
  file('cut-off.xml', '<?xml version="1.0"?><article><front><article-meta>'),
  file('cut-off.json', '{"source": "PMC", "documents": [{"id": "1", "passages": ['),
  { file: 'cut-off.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13) },
  { file: 'cut-off.jpg', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46) },
];
