/**
 * The old license manager (R10): whatever is asked of `/account/licenses` and below is gone, and the Licenses panel is named
 * instead. It looks at nothing but the address.
 */
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ProblemError, problemKind, remedyOf } from '../problems/problem.js';
import { sendProblem } from '../problems/problem.reply.js';
import { escapeHtml, page, pageHeaders } from '../problems/page.js';
import { prefersHtml } from './prefers-html.js';

const legacyPath = '/account/licenses';

/** Whether a request's target is the old license manager or below, however its letters are escaped. */
export function isLegacyTarget(target: string): boolean {
  if (isLegacyPath(target)) return true;
  if (!target.includes('%')) return false;
  return isLegacyPath(target.replace(/%([46][0-9a-f]|[57][0-9a]|2f)/gi, (escape) => decodeURIComponent(escape)));
}

function isLegacyPath(target: string): boolean {
  if (!target.startsWith(legacyPath)) return false;
  const next = target.charAt(legacyPath.length);
  return next === '' || next === '/' || next === '?' || next === '#';
}

/** Answers that the old license manager is gone: a page for a browser, the problem document for everybody else. */
export function sendLegacyAnswer(request: FastifyRequest, reply: FastifyReply, publicUrl: string): void {
  const panel = `${publicUrl}/licenses`;
  void reply.header('vary', 'accept');
  if (!prefersHtml(request.raw.headers.accept ?? '')) {
    sendProblem(reply, new ProblemError('legacyLicenseManager', undefined, { panel }), publicUrl);
    return;
  }
  const { status, title, explanation } = problemKind('legacyLicenseManager');
  const remedy = remedyOf('legacyLicenseManager') ?? '';
  void reply
    .code(status)
    .headers(pageHeaders)
    .send(
      page(
        title,
        `<p>${escapeHtml(explanation.split('. ')[0] ?? '')}. ${escapeHtml(remedy)}</p>
<p><a href="${escapeHtml(panel)}">Go to the Licenses panel</a></p>`,
      ),
    );
}
