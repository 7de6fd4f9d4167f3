import { describe, expect, it } from 'vitest';
import { languageHost, writtenHost } from '../../test/assertion/host.js';
import type { Assertion, PluginContext } from '../../core/plugin/index.js';
import context from './index.js';
import type { Options } from './options.js';

/** The assertion of `concept` in `text`. */
function of(host: PluginContext, text: string, concept: string, options: Options = {}): Assertion {
  const start = text.indexOf(concept);
  return context.setup(host, options).classify(host.doc(text), [{ start, end: start + concept.length }])[0].assertion;
}

/** Words of no language: all that the plugin knows is in its dictionaries. */
const invented = writtenHost({
  'assertion-cues': {
    blik: { assertion: 'absent', direction: 'forward' },
    'blik blok': { direction: 'pseudo' },
    dorp: { assertion: 'possible', direction: 'both', window: 1 },
    fron: { assertion: 'historical', in_caption: 'absent', direction: 'backward', reach: 'phrase' },
    gund: { assertion: 'absent', direction: 'backward', final: true },
    wem: { assertion: 'absent', direction: 'forward', prepositional: true },
  },
  'assertion-scope': {
    sto: { role: 'terminating' },
    vam: { role: 'verb' },
    ',': { role: 'soft' },
    un: { role: 'addition' },
    od: { role: 'list' },
    '(': { role: 'open' },
    ')': { role: 'close' },
    fu: { role: 'terminating', bridges: 'forward' },
  },
});

describe('a dictionary of invented words', () => {
  it.each<[string, Assertion]>([
    ['blik xx mass', 'absent'],
    ['mass xx blik', 'present'],
    ['blik xx. Xx mass', 'present'],
    ['blik xx sto mass', 'present'],
    ['blik xx , xx un mass', 'absent'],
    ['blik xx od xx , un mass', 'present'],
    ['blik xx , xx vam mass', 'present'],
    ['blik xx vam mass', 'absent'],
    ['wem xx vam mass', 'present'],
    ['blik blok mass', 'present'],
    ['xx vam blik xx , mass vam xx', 'present'],
    ['blik xx , mass vam xx', 'absent'],
    ['xx ( blik xx ) mass', 'present'],
    ['blik ( xx sto xx ) mass', 'absent'],
    ['blik fu mass', 'absent'],
    ['blik xx fu mass', 'present'],
    ['dorp mass', 'possible'],
    ['mass dorp', 'possible'],
    ['dorp xx xx mass', 'present'],
    ['mass xx fron', 'historical'],
    ['mass , fron', 'present'],
    ['mass gund', 'absent'],
    ['mass gund , xx', 'absent'],
    ['mass gund xx', 'present'],
    ['blik dorp mass', 'absent'],
    ['blik xx , dorp mass', 'possible'],
  ])('%s: %s', (text, assertion) => {
    expect(of(invented, text, 'mass')).toBe(assertion);
  });

  it('takes a pseudo cue for what it is where the concept holds a part of it', () => {
    expect(of(invented, 'blik blok mass', 'blok mass')).toBe('absent');
  });

  it('names a missing or unknown attribute', () => {
    const wrong = (attributes: Record<string, unknown>): PluginContext =>
      writtenHost({ 'assertion-cues': { blik: attributes }, 'assertion-scope': {} });
    expect(() => of(wrong({ assertion: 'absent' }), 'blik mass', 'mass')).toThrow(/blik: direction must be one of/);
    expect(() => of(wrong({ direction: 'forward' }), 'blik mass', 'mass')).toThrow(/blik: assertion must be one of/);
    expect(() => of(wrong({ direction: 'forward', assertion: 'gone' }), 'blik mass', 'mass')).toThrow(/not gone/);
    const role = writtenHost({
      'assertion-cues': { blik: { direction: 'forward', assertion: 'absent' } },
      'assertion-scope': { sto: {} },
    });
    expect(() => of(role, 'blik sto mass', 'mass')).toThrow(/sto: role must be one of/);
  });
});

describe('options', async () => {
  const { host } = await languageHost();

  it('languages leave out the cues of others', () => {
    expect(of(host, 'Sin fractura', 'fractura')).toBe('absent');
    expect(of(host, 'Sin fractura', 'fractura', { languages: ['en'] })).toBe('present');
  });

  it('register overrules the caller', () => {
    const text = 'Opacity consistent with pneumonia.';
    expect(of(host, text, 'pneumonia')).toBe('possible');
    expect(of(host, text, 'pneumonia', { register: 'caption' })).toBe('present');
  });
});
