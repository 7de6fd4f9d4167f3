/** Texts of the kinds that the text slots read, made up for this purpose. */
export const SAMPLE_TEXTS: readonly string[] = [
  '',
  'CT.',
  'Axial CT of the chest shows a nodule in the left upper lobe without effusion.',
  '(A) Axial CT image of the abdomen. (B) Coronal reformat of the same patient; no free fluid is seen.',
  'A: photograph of the lesion, B–C: histology (H&E, ×200), D: follow-up after 3 months.',
  'Left: radiograph before surgery. Right: radiograph six weeks later, possibly with a small fracture.',
  'A 47-year-old woman was admitted with cough. She had no fever, and her mother had died of a stroke.',
  'An 18-month-old boy presented with a rash; his twin sister was healthy.',
  'Le patient, âgé de 63 ans, ne présente pas de fièvre.',
  'Die 34-jährige Patientin wurde ohne Befund entlassen; kein Hinweis auf Fraktur.',
  'Mann, 52 J., mit Verdacht auf Lungenembolie; 🫁 CT vom 3. Mai.',
];
