import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { missingModeline } from '../../diagnostics/rules.js';
import { hasModeline, modelineFor } from '../modeline.js';
import type { Scene } from './scene.js';

/** Built-in files that do not name their schema. Other packs may name it as they like, or not. */
export function checkModelines(scene: Scene, packageRoot: string): Diagnostic[] {
  return scene.packs
    .filter((pack) => pack.place.builtin)
    .flatMap((pack) => [pack.manifest, ...pack.files])
    .filter((file) => !hasModeline(file.source.text, file.path, file.kind, packageRoot))
    .map((file) =>
      missingModeline(
        { file: file.source.file, range: { line: 1, col: 1, endLine: 1, endCol: 1 } },
        modelineFor(file.path, file.kind, packageRoot),
      ),
    );
}
