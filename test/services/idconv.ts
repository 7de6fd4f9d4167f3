import { json, type Service } from './answer.js';
import type { World } from './world.js';

/** The converter of ids: at most 200 at a time, of one kind; those unknown have an error of their own. */
export function idconv(world: World): Service {
  return ({ params }) => {
    const ids = (params.get('ids') ?? '').split(',').filter((id) => id !== '');
    if (ids.length === 0 || ids.length > 200)
      return json(JSON.stringify({ status: 'error', message: 'Between 1 and 200 ids are allowed' }), 400);
    const records = ids.map((id) => {
      const article = /^PMC\d+$/i.test(id) ? world.byPmcid(id) : /^\d+$/.test(id) ? world.byPmid(id) : world.byDoi(id);
      if (!article) return { 'requested-id': id, status: 'error', errmsg: 'Identifier not found in PMC' };
      return {
        ...(article.doi === null ? {} : { doi: article.doi }),
        pmcid: article.pmcid,
        ...(article.pmid === null ? {} : { pmid: Number(article.pmid) }),
        'requested-id': id,
      };
    });
    return json(
      JSON.stringify({
        status: 'ok',
        'response-date': '2026-01-01 00:00:00',
        request: { ids, format: 'json' },
        records,
      }),
    );
  };
}
