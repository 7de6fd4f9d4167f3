import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../core/version.js';
import { importsOf, sources, type Import } from './imports.js';
import { PLUGIN_MAY, ROOMS } from './rooms.js';

const core = sources('core').flatMap(importsOf);
const plugins = sources('plugins').flatMap(importsOf);
const bin = sources('bin').flatMap(importsOf);
const arrow = ({ from, to }: Import): string => `${from} → ${to}`;
const fits = (path: string, prefixes: readonly string[]): boolean => prefixes.some((prefix) => path.startsWith(prefix));

describe('the rooms', () => {
  for (const room of ROOMS) {
    const imports = core.filter(({ from }) => from.startsWith(room.path));
    it(`${room.name} imports only what it may`, () => {
      const forbidden = imports.filter((i) => i.local && !i.typesOnly && !fits(i.to, room.may));
      expect(forbidden.map(arrow)).toEqual([]);
    });
    it(`${room.name} uses only its packages`, () => {
      const node = room.packages.includes('node:*');
      const forbidden = imports.filter((i) => {
        if (i.local || i.typesOnly) return false;
        return i.to.startsWith('node:') ? !node : !room.packages.includes(i.to);
      });
      expect(forbidden.map(arrow)).toEqual([]);
    });
  }

  it('plugins import the contract, text and types, and no other plugin', () => {
    const forbidden = plugins.filter((i) => {
      const own = i.from.split('/').slice(0, 2).join('/');
      return i.local && !i.typesOnly && !i.to.startsWith(`${own}/`) && !fits(i.to, PLUGIN_MAY);
    });
    expect(forbidden.map(arrow)).toEqual([]);
  });

  it('only core/container.ts imports inversify, and only bin and the entry of the library import it', () => {
    const all = [...core, ...plugins, ...bin];
    const users = all.filter((i) => i.to === 'inversify' || i.to === 'reflect-metadata').map((i) => i.from);
    expect([...new Set(users)]).toEqual(['core/container.ts']);
    const askers = all.filter((i) => i.to === 'core/container.ts').map((i) => i.from);
    expect(askers.filter((from) => !from.startsWith('bin/') && from !== 'core/index.ts')).toEqual([]);
  });

  it('nothing in core imports a plugin or bin', () => {
    const forbidden = core.filter((i) => i.local && (i.to.startsWith('plugins/') || i.to.startsWith('bin/')));
    expect(forbidden.map(arrow)).toEqual([]);
  });

  it('natural is imported by sub-path only', () => {
    expect([...core, ...plugins, ...bin].filter((i) => i.to === 'natural').map(arrow)).toEqual([]);
  });
});

describe('the import graph', () => {
  it('has no cycle', () => {
    const edges = new Map<string, string[]>();
    for (const i of [...core, ...plugins, ...bin]) {
      if (i.local && !i.typesOnly) edges.set(i.from, [...(edges.get(i.from) ?? []), i.to]);
    }
    expect(cycleIn(edges)).toEqual([]);
  });
});

describe('the version', () => {
  it('of the engine is that of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(manifest.version);
  });
});

/** One cycle of a graph, or none. */
function cycleIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (done.has(node)) return [];
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(node);
    return [];
  };
  for (const node of edges.keys()) {
    const cycle = visit(node);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
