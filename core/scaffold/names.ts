import { UsageError } from '../pipeline/usageError.js';

/** The forms in which a name is written in a scaffold. */
export interface Names {
  /** `burn-depth`: ids and folders. */
  readonly name: string;
  /** `@lab/burn-depth`, or the name: of an npm package. */
  readonly package: string;
  /** `burn_depth`: entities, values and classes. */
  readonly snake: string;
  /** `burn depth`. */
  readonly words: string;
  /** `burndepth`: a word that is certainly none. */
  readonly joined: string;
  /** `Burn depth`. */
  readonly title: string;
}

/** @throws UsageError where a name cannot be a folder and an id */
export function namesOf(given: string, scoped: boolean): Names {
  const [, scope = '', name] = /^(?:(@[a-z0-9][a-z0-9._-]*)\/)?([a-z0-9]+(?:-[a-z0-9]+)*)$/u.exec(given) ?? [];
  if (name === undefined || (scope !== '' && !scoped)) {
    const form = scoped ? ' (a scope, @lab/, may stand before it)' : '';
    throw new UsageError(
      `'${given}' cannot be a name: use small letters, digits and hyphens, such as burn-depth${form}`,
    );
  }
  const words = name.replaceAll('-', ' ');
  return {
    name,
    package: given,
    snake: name.replaceAll('-', '_'),
    words,
    joined: name.replaceAll('-', ''),
    title: words.charAt(0).toUpperCase() + words.slice(1),
  };
}
