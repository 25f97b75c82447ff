// The peer of ./desk bench: pages of the desk by fastify, pg and a compiled template, in several processes on a unix
// socket. Each answer checks the session and runs the page's own statements. Argument: a JSON file that bench writes.
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import cluster from 'node:cluster';
import { Eta } from 'eta';
import fastify from 'fastify';
import pg from 'pg';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// What the desk's templates get as finished text.
const two = (n) => String(n).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const iso = (t) => t.toISOString().slice(0, 19) + 'Z';
const local = (t) =>
  `${two(t.getUTCDate())} ${months[t.getUTCMonth()]} ${t.getUTCFullYear()}, ${two(t.getUTCHours())}:${two(t.getUTCMinutes())} UTC`;
const pair = (a, ua, b, ub) => (b > 0 ? `${a} ${ua} ${b} ${ub}` : `${a} ${ua}`);
function words(s) {
  if (s < 60) return `${s} s`;
  if (s < 3600) return pair(Math.floor(s / 60), 'min', s < 600 ? s % 60 : 0, 's');
  if (s < 86400) return pair(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min');
  return pair(Math.floor(s / 86400), 'd', Math.floor((s % 86400) / 3600), 'h');
}
function relative(t, now) {
  const s = Math.floor((t - now) / 1000);
  if (Math.abs(s) < 5) return 'now';
  return s < 0 ? `${words(-s)} ago` : `in ${words(s)}`;
}

async function serve() {
  const pool = new pg.Pool({ ...job.database, max: job.connections });
  const eta = new Eta({ cache: true });
  const app = fastify();
  for (const page of job.pages) {
    const render = eta.compile(page.template);
    app.get(page.path, async (request, reply) => {
      const token = /desk_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      const client = await pool.connect();
      try {
        const { name, text } = page.session;
        const session = (await client.query({ name, text, values: [createHash('sha256').update(token).digest()] })).rows[0];
        if (session === undefined) return reply.code(303).header('Location', '/sign-in').send();
        await client.query('BEGIN READ ONLY');
        const results = [];
        for (const statement of page.statements) results.push((await client.query(statement)).rows);
        await client.query('ROLLBACK');
        const it = { session, results, rows: results[page.rows], iso, local, relative };
        return reply.header('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(render.call(eta, it));
      } finally {
        client.release();
      }
    });
  }
  await app.listen({ path: job.socket });
  chmodSync(job.socket, 0o666);
}

if (cluster.isPrimary) for (let i = 0; i < job.processes; ++i) cluster.fork();
else await serve();
