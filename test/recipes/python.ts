import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers } from './recipe-server.ts';
import { fileOf, pythonExecutable, pythonPackages } from './toolchain.ts';

/** Resolves when Python can parse each source. */
export async function checkPython(sources: readonly string[]): Promise<void> {
  await run(await pythonExecutable(), ['-c', 'import ast, json, sys\nfor source in json.load(sys.stdin): ast.parse(source)'], { input: JSON.stringify(sources) });
}

/**
 * Calls the function `read` of `servers/ID/read.py` with each of the snippets; gives what it returned.
 * @param packages  A folder for Python's search path.
 */
export async function readPython<T>(id: string, snippets: readonly string[], packages = ''): Promise<readonly T[]> {
  const program = `${await fileOf(id, 'read.py')}\nimport json, sys\nprint(json.dumps([read(snippet) for snippet in json.load(sys.stdin)]))`;
  return JSON.parse(await run(await pythonExecutable(), ['-c', program], { input: JSON.stringify(snippets), env: { PYTHONPATH: packages } })) as readonly T[];
}

/** Calls the function of that name, of the given files of `servers/ID/`, with each of the snippets, among the packages that `requirements.txt` pins there. */
export async function callPython<T>(id: string, name: string, files: readonly string[], snippets: readonly string[]): Promise<readonly T[]> {
  const sources = await Promise.all(files.map((file) => fileOf(id, file)));
  const program = `${sources.join('\n')}\nimport sys\nprint(json.dumps([${name}(snippet) for snippet in json.load(sys.stdin)]))`;
  const env = { PYTHONPATH: await pythonPackages(id), PYTHONDONTWRITEBYTECODE: '1' };
  return JSON.parse(await run(await pythonExecutable(), ['-c', `import json\n${program}`], { env, input: JSON.stringify(snippets) })) as readonly T[];
}

/** The application of `servers/ID/app.py` with each of the snippets where it says so. */
export async function applications(id: string, snippets: readonly string[]): Promise<readonly string[]> {
  const application = await fileOf(id, 'app.py');
  return snippets.map((snippet) => application.replace('# SNIPPET\n', () => snippet));
}

/**
 * Runs each source in a process of its own; it has to listen on `PORT`. The processes are forked from one that has
 * imported the modules already, which is what takes time.
 */
export async function servePython(id: string, sources: readonly string[], imports: readonly string[]): Promise<RunningServers> {
  const executable = await pythonExecutable();
  const packages = await pythonPackages(id);
  const folder = await temporaryFolder();
  const ports = await freePorts(sources.length);
  for (const [index, source] of sources.entries()) await writeFile(join(folder.path, `server${index}.py`), source);
  await writeFile(join(folder.path, 'main.py'), `
import os, runpy, signal
import ${imports.join(', ')}

children = []
for index, port in enumerate(${JSON.stringify(ports)}):
    child = os.fork()
    if child == 0:
        runpy.run_path(os.path.join(${JSON.stringify(folder.path)}, f"server{index}.py"), {"PORT": port}, run_name="server")
        os._exit(1)
    children.append(child)

def stop(*_):
    for child in children:
        os.kill(child, signal.SIGKILL)
    os._exit(0)

signal.signal(signal.SIGTERM, stop)
os.wait()
stop()
`);
  const server = await serve(executable, [join(folder.path, 'main.py')], ports, { env: { PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' } });
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}

/** The version of a package that `pythonPackages` installed. */
export async function pythonVersion(id: string, name: string): Promise<string> {
  const code = 'import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))';
  return (await run(await pythonExecutable(), ['-c', code, name], { env: { PYTHONPATH: await pythonPackages(id) } })).trim();
}
