  const { subcaptions } = splitter.split({ doc: context.doc('CT. (A) Axial slice. (B) Coronal slice.') });
  assert.deepEqual(subcaptions.map(({ panel, text }) => [panel, text]), [['A', 'CT. Axial slice.'], ['B', 'CT. Coronal slice.']]);
