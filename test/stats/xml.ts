import { SaxesParser } from 'saxes';

/** What keeps a text from being well-formed XML. */
export function xmlFaults(text: string): string[] {
  const faults: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => faults.push(error.message));
  parser.write(text).close();
  return faults;
}
