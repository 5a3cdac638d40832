/**
 * Headers of every answer, errors included. `no-store`: answers are data of this moment; the few that may be cached set their own
 * Cache-Control. `same-origin` concerns requests without CORS only, such as images and scripts.
 */
export const answerHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const
