import { xmlUnits } from '../article/xml.js';
import type { XmlElement } from '../article/xmlTree.js';
import type { HttpAnswer } from './contract.js';
import { SourceError } from './sourceError.js';

const SKIP: ReadonlySet<string> = new Set();

/**
 * The first element of that name in an XML answer, whatever namespace it is in; null where there is none.
 * @throws SourceError `not-well-formed`; `unsafe` for a file that declares entities
 */
export async function readXml(answer: Pick<HttpAnswer, 'bytes' | 'url'>, name: string): Promise<XmlElement | null> {
  try {
    for await (const { element } of xmlUnits(once(answer.bytes), { units: new Set([name]), skip: SKIP }))
      return element;
    return null;
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith('The file has the root element')) return null;
    const fault = message.includes('entities of its own') ? 'unsafe' : 'not-well-formed';
    throw new SourceError(fault, `${answer.url}: ${message}`, { cause: error });
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
