import type { Plugin } from '../../plugin/contract.js';

/**
 * Looks at the schema of a plugin's options: it compiles, the options given (or none) are valid by it, and so are the examples.
 * @returns what the plugin is to be set up with: the options given with the defaults filled in, then each example
 */
export async function checkSchema(
  plugin: Plugin,
  given: Readonly<Record<string, unknown>> | undefined,
  report: (message: string) => void,
): Promise<unknown[]> {
  const examples: readonly unknown[] = plugin.optionsExamples ?? [];
  if (plugin.options === undefined) {
    if (examples.length > 0) report('it has examples of options, but no schema for them');
    return [given ?? {}];
  }
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false, allErrors: true, useDefaults: true });
  let validate;
  try {
    validate = ajv.compile(plugin.options);
  } catch (error) {
    report(`its schema does not compile: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
  const filled = (options: unknown, what: string): unknown => {
    const copy: unknown = structuredClone(options);
    if (!validate(copy))
      report(`${what} not valid by its schema: ${ajv.errorsText(validate.errors, { dataVar: 'options' })}`);
    return copy;
  };
  return [
    filled(given ?? {}, given === undefined ? 'no options (all by default) are' : 'the options given are'),
    ...examples.map((example) => filled(example, `the example ${JSON.stringify(example)} is`)),
  ];
}
