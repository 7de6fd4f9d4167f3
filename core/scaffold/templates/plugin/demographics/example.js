  const { age, gender } = reader.read(context.doc('A 34-year-old woman with a cough.'));
  assert.deepEqual([age?.value, age?.unit, gender], [34, 'year', 'Female']);
