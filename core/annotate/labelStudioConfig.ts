import { ASSERTIONS } from '../plugin/contract.js';
import { CONTROL } from './labelStudioTask.js';

/** Colours of the kinds of entity, told apart by most eyes (Okabe and Ito), then repeated. */
const COLOURS = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#D55E00', '#56B4E9', '#F0E442', '#666666'];

export interface ConfigParts {
  /** Kinds of entity, in the order in which they are offered. */
  readonly kinds: readonly string[];
  /** Labels of the whole text that are offered; none leaves the choice out. */
  readonly labels: readonly string[];
  readonly pictures: boolean;
}

/** The labelling config of the tasks: spans with a kind, an assertion and a value, and labels of the whole text. */
export function labelStudioConfig({ kinds, labels, pictures }: ConfigParts): string {
  const choice = (value: string): string => `    <Choice value="${escaped(value)}"/>`;
  return [
    '<View>',
    ...(pictures ? [`  <Image name="${CONTROL.pictures}" valueList="$pictures"/>`] : []),
    `  <Labels name="${CONTROL.entity}" toName="${CONTROL.text}">`,
    ...kinds.map((kind, i) => `    <Label value="${escaped(kind)}" background="${COLOURS[i % COLOURS.length]}"/>`),
    '  </Labels>',
    `  <Text name="${CONTROL.text}" value="$text"/>`,
    `  <Choices name="${CONTROL.assertion}" toName="${CONTROL.text}" perRegion="true" choice="single" showInline="true">`,
    ...ASSERTIONS.map(choice),
    '  </Choices>',
    `  <TextArea name="${CONTROL.value}" toName="${CONTROL.text}" perRegion="true" maxSubmissions="1" editable="true" rows="1" placeholder="value"/>`,
    ...(labels.length === 0
      ? []
      : [
          `  <Choices name="${CONTROL.labels}" toName="${CONTROL.text}" choice="multiple" layout="select">`,
          ...labels.map(choice),
          '  </Choices>',
        ]),
    '</View>',
    '',
  ].join('\n');
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
