  const bytes = Buffer.alloc(24);
  bytes.writeUInt32BE(0x89504e47, 0);
  bytes.writeUInt32BE(300, 16);
  bytes.writeUInt32BE(100, 20);
  const { panels } = await splitter.split({ file: 'two.png', bytes, expectedPanels: 2 });
  assert.deepEqual(panels.map(({ x, width }) => [x, width]), [[0, 150], [150, 150]]);
