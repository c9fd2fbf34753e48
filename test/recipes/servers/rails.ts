import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CorsPolicy } from '../../../src/fix/cors-policy.ts';
import { respond } from '../../../src/fix/respond.ts';
import { freePorts, run, serve, temporaryFolder } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf, program } from '../toolchain.ts';

const ruby = (): Promise<string> => program({ title: 'Ruby', executables: ['ruby'], debianPackage: 'ruby', source: 'https://www.ruby-lang.org/en/downloads/' });

/** Ruby with the libraries of the application: Debian's, for they need no registry of gems. */
async function rubyWithRails(): Promise<string> {
  await program({ title: 'Rails', executables: ['rails'], debianPackage: 'ruby-railties', source: 'https://rubyonrails.org' });
  await program({ title: 'rack-cors', executables: ['/usr/lib/ruby/vendor_ruby/rack/cors.rb'], debianPackage: 'ruby-rack-cors', source: 'https://github.com/cyu/rack-cors' });
  await program({ title: 'Puma', executables: ['puma'], debianPackage: 'puma', source: 'https://puma.io' });
  return ruby();
}

export const server: RecipeServer = {
  version: async () => run(await rubyWithRails(), ['-e', 'require "rails"; require "rack/cors/version"; print "Rails #{Rails.version} with rack-cors #{Rack::Cors::VERSION}"']),

  async check(snippets) {
    await run(await ruby(), ['-rjson', '-e', 'JSON.parse($stdin.read).each { |snippet| RubyVM::InstructionSequence.compile(snippet) }'], { input: JSON.stringify(snippets) });
  },

  async read(snippets) {
    const policies = JSON.parse(await run(await ruby(), ['-e', await fileOf('rails', 'read.rb')], { input: JSON.stringify(snippets) })) as readonly CorsPolicy[];
    return policies.map((policy) => (request) => respond(policy, request));
  },

  async start(snippets) {
    const executable = await rubyWithRails();
    const folder = await temporaryFolder();
    const ports = await freePorts(snippets.length);
    await writeFile(join(folder.path, 'app.rb'), await fileOf('rails', 'app.rb'));
    const roots = snippets.map((_, index) => join(folder.path, String(index)));
    for (const [index, root] of roots.entries()) {
      await mkdir(join(root, 'config/initializers'), { recursive: true });
      await mkdir(join(root, 'public'));
      for (const status of [404, 500]) await writeFile(join(root, `public/${status}.html`), String(status));
      await writeFile(join(root, 'config/initializers/cors.rb'), snippets[index] ?? '');
    }
    const args = roots.flatMap((root, index) => [root, String(ports[index])]);
    const server = await serve(executable, [join(folder.path, 'app.rb'), ...args], ports, { cwd: folder.path, env: { RAILS_ENV: 'production' } });
    return { ports, close: async () => { await server.close(); await folder.remove(); } };
  },
};
