import { isExternal, packageOf } from './externals.ts'

type Fields = Readonly<Record<string, unknown>>

const inWorkspaceOnly = ['private', 'scripts', 'devDependencies', 'dependencies', 'exports', 'bin']

const libraryEntry = {
  main: './dist/headwater.cjs',
  types: './dist/headwater.d.cts',
  exports: {
    '.': {
      import: { types: './dist/headwater.d.ts', default: './dist/headwater.js' },
      require: { types: './dist/headwater.d.cts', default: './dist/headwater.cjs' },
    },
    './package.json': './package.json',
  },
}

/**
 * The package.json of a tarball: that of the workspace, with the bundle in place of the build.
 * @param imports what the bundle imports
 * @param versions of the dependencies
 * @throws Error for an import without a version
 */
export function publishedManifest(
  manifest: Fields,
  imports: readonly string[],
  versions: ReadonlyMap<string, string>,
): Fields {
  const isProgram = manifest['bin'] !== undefined
  const names = new Set(imports.filter(isExternal).flatMap((each) => packageOf(each) ?? []))
  const dependencies = [...names].sort().map((name) => {
    const version = versions.get(name)
    if (version === undefined) throw new Error(`No workspace in the bundle lists ${name}, which it imports`)
    return [name, isProgram ? version : `^${version}`] as const
  })
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([field]) => !inWorkspaceOnly.includes(field))),
    ...(isProgram ? { bin: { headwater: './dist/headwater.js' } } : libraryEntry),
    files: ['dist/headwater*'],
    dependencies: Object.fromEntries(dependencies),
  }
}
