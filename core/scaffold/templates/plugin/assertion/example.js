  const text = 'There is no effusion. A fracture is seen.';
  const concepts = ['effusion', 'fracture'].map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
  const found = classifier.classify(context.doc(text), concepts);
  assert.deepEqual(found.map(({ assertion }) => assertion), ['absent', 'present']);
