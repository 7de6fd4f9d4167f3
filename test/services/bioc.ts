import { html, json, xml, type Service } from './answer.js';
import { biocJson, biocXml } from './biocFile.js';
import type { World } from './world.js';

/** `BioC_[xml|json]/[PMCID|PMID]/[unicode|ascii]`. What is not there is told in a sentence, with the status of success. */
export function bioc(world: World): Service {
  return ({ path }) => {
    const [, format, id] = /^\/BioC_(xml|json)\/((?:PMC)?\d+)\/(?:unicode|ascii)$/.exec(path) ?? [];
    if (!id) return html('<html><body><h1>Bad Request</h1></body></html>', 400);
    const article = id.startsWith('PMC') ? world.byPmcid(id) : world.byPmid(id);
    if (!article?.open)
      return html(`[Error] : No result can be found. <BR><HR><B> - ${id}</B> is not in the collection.`);
    return format === 'xml' ? xml(biocXml(article)) : json(biocJson(article));
  };
}
