import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

export interface WorkflowStep {
  readonly name: string;
  readonly run: string;
}
interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly steps: readonly { readonly name?: string; readonly run?: string; readonly uses?: string }[] }
    >
  >;
}

/** The commands of a GitHub workflow, in their order. Actions that only set up a machine are left out; others are refused. */
export function commandsOf(file: string): WorkflowStep[] {
  const { jobs } = load(readFileSync(file, 'utf8')) as Workflow;
  return Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ name, run, uses }) => {
      if (run !== undefined) return [{ name: name ?? run, run }];
      if (/^actions\/(?:checkout|setup-node)@/u.test(uses ?? '')) return [];
      throw new Error(`${file}: this test cannot run the action ${String(uses)}`);
    }),
  );
}
