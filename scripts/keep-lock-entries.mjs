// npm builds a new lock file from what its registry serves: packages for other platforms that this registry does not serve are lost,
// and with them the engine for whoever installs there.

/** The name of the package at a path of the lock file. */
export const nameIn = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * The packages of a lock file, with what `before` knew of unchanged versions: the entries of optional packages that are still asked for
 * by exact version, and each integrity that is missing.
 */
export function keepLockEntries(packages, before) {
  const idOf = (path, { version }) => `${nameIn(path)}@${version}`
  const asked = new Set(
    Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.entries(optionalDependencies).map(([name, version]) => `${name}@${version}`),
    ),
  )
  const present = new Set(Object.entries(packages).map(([path, entry]) => idOf(path, entry)))
  const lost = Object.entries(before).filter(([path, entry]) => {
    const id = idOf(path, entry)
    return !(path in packages) && entry.optional === true && asked.has(id) && !present.has(id)
  })
  const known = new Map(Object.entries(before).map(([path, entry]) => [idOf(path, entry), entry.integrity]))
  const filled = [...Object.entries(packages), ...lost].map(([path, entry]) => {
    const integrity = path.includes('node_modules/') && entry.link !== true ? known.get(idOf(path, entry)) : undefined
    return [path, integrity === undefined || entry.integrity !== undefined ? entry : withIntegrity(entry, integrity)]
  })
  return Object.fromEntries(filled.sort(([a], [b]) => a.localeCompare(b, 'en'))) // npm's order
}

/** The entry with its integrity where npm writes it: after the version. */
export const withIntegrity = ({ version, ...rest }, integrity) => ({ version, integrity, ...rest })
