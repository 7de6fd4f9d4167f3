  const bytes = new TextEncoder().encode('Title: A case\n\nA man came.\n\nFigure: CT of the chest.\n');
  const chunks = (async function* () { yield bytes; })();
  const articles = [];
  for await (const article of reader.read({ file: 'case-1.txt', chunks })) articles.push(article);
  assert.deepEqual(articles.map(({ article_id, title, figures }) => [article_id, title, figures[0].caption]), [
    ['case-1', 'A case', 'CT of the chest.'],
  ]);
