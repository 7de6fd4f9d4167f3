import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

export interface Import {
  readonly from: string;
  /** A path relative to the root for a file of the project, else the package or Node module. */
  readonly to: string;
  readonly local: boolean;
  readonly typesOnly: boolean;
}

const root = new URL('../..', import.meta.url).pathname;

/** All TypeScript sources below a folder of the project, tests left out; relative paths. */
export function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

/** The imports of a file, dynamic ones too, as the compiler sees them. */
export function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2023, true);
  const found: Import[] = [];
  const add = (specifier: string, typesOnly: boolean): void => {
    const local = specifier.startsWith('.');
    const to = local ? relative('.', normalize(join(dirname(file), specifier))).replace(/\.js$/, '.ts') : specifier;
    found.push({ from: file, to, local, typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.isTypeOnly ?? false);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier)) add(specifier.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
