import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findExecutable, freePort, run, serve, temporaryFolder } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { startUpstream } from '../upstream.ts';

const executable = (): string => findExecutable(['nginx'], 'apt-get install nginx-light, or brew install nginx');

/** The two parts of the snippet, each put where its first line says. */
function configuration(snippet: string, folder: string, port: number, upstream: string): string {
  const [http, server] = snippet.split(/^(?=# 2\. )/m);
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
${http}
access_log off;
client_body_temp_path ${folder}/body;
proxy_temp_path ${folder}/proxy;
fastcgi_temp_path ${folder}/fastcgi;
uwsgi_temp_path ${folder}/uwsgi;
scgi_temp_path ${folder}/scgi;
server {
listen 127.0.0.1:${port};
${server}
absolute_redirect off;
client_max_body_size 1k;
location / { proxy_pass ${upstream}; }
location = /private {
  auth_basic "login";
  auth_basic_user_file ${folder}/users;
  proxy_pass ${upstream};
}
location = /moved { return 308 /data; }
location = /missing { root ${folder}; }
location = /unreachable { proxy_pass http://127.0.0.1:1; }
}
}
`;
}

async function prepare(snippet: string, port: number, upstream: string) {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'nginx.conf');
  await mkdir(join(folder.path, 'logs'));
  await writeFile(join(folder.path, 'users'), 'alice:{PLAIN}secret\n');
  await writeFile(file, configuration(snippet, folder.path, port, upstream));
  return { args: ['-e', 'stderr', '-p', folder.path, '-c', file], remove: folder.remove };
}

export const server: RecipeServer = {
  version: async () => (await run(executable(), ['-v'])).trim().replace('nginx version: nginx/', 'nginx '),
  check: async (snippet) => {
    const { args, remove } = await prepare(snippet, 8080, 'http://127.0.0.1:1');
    try {
      await run(executable(), [...args, '-t']);
    } finally {
      await remove();
    }
  },
  start: async (snippet) => {
    const upstream = await startUpstream();
    const port = await freePort();
    const { args, remove } = await prepare(snippet, port, upstream.url);
    const nginx = await serve(executable(), args, port);
    return { port, close: async () => { await nginx.close(); await upstream.close(); await remove(); } };
  },
};
