// Plain JavaScript, since `npm start` reads it before anything is installed or built. What the embedded stack needs of a machine, and
// how it is installed.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const oldestJava = 17

/**
 * The major version in what `java -version` prints; 0 when it names none.
 * @param {string} output
 * @returns {number}
 */
export function javaVersionOf(output) {
  return Number(/version "(?:1\.)?(\d+)/.exec(output)?.[1] ?? 0)
}

/**
 * The folder of downloads that all checkouts share.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string}
 */
export function cacheFolder(env) {
  return env['HEADWATER_CACHE'] || join(env['HOME'] || homedir(), '.cache', 'headwater')
}

/**
 * The folder of Kafka and the registry in the cache; another list of dependencies or checksums has another folder.
 * @param {string} cache
 * @param {string} mavenFolder infra/local/maven
 * @returns {string}
 */
export function artifactsFolder(cache, mavenFolder) {
  const hash = createHash('sha256')
  for (const name of ['pom.xml', 'checksums.sha256']) hash.update(readFileSync(join(mavenFolder, name)))
  return join(cache, `stack-${hash.digest('hex').slice(0, 12)}`)
}

/**
 * The programs that are missing, as a user installs them; empty when nothing is missing.
 * @param {{ readonly java: number | undefined, readonly maven: boolean }} found the major version of Java
 * @param {boolean} isFetched true when Maven has done its work before
 * @returns {readonly string[]}
 */
export function missingPrograms({ java, maven }, isFetched) {
  const missing = []
  if (java === undefined) missing.push(`Java ${oldestJava} or newer`)
  else if (java < oldestJava) missing.push(`Java ${oldestJava} or newer (found ${java})`)
  if (!maven && !isFetched) missing.push('Maven 3.8 or newer')
  return missing
}

/** How Java and Maven are installed, by system. */
export const installHints = {
  java: 'Debian: apt-get install default-jre-headless; Ubuntu: apt-get install openjdk-17-jre-headless; Fedora: dnf install java-21-openjdk-headless; macOS: brew install --cask temurin',
  maven: 'Debian, Ubuntu: apt-get install maven; Fedora: dnf install maven; macOS: brew install maven',
}
