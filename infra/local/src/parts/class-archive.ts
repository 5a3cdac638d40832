import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

// The JVM's class data sharing: a program that finds the classes of an earlier start in an archive starts in half the CPU time.
// https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html

export type ClassArchive = {
  /** Options for the JVM: to use the archive, or to write one at its end where none exists. */
  readonly options: readonly string[]
  /** After the program's end: keeps what it wrote, if it ended in order. */
  keep(endedInOrder: boolean): Promise<void>
}

/**
 * The archive of a program.
 * @param folder where archives are kept
 * @param name names the program and the build of Java, since an archive fits only the build that wrote it
 */
export function classArchive(folder: string, name: string): ClassArchive {
  const archive = join(folder, `${name}.jsa`)
  if (existsSync(archive)) return { options: [`-XX:SharedArchiveFile=${archive}`], keep: async () => undefined }
  const draft = join(folder, `${name}.${randomUUID()}.jsa`)
  return {
    options: [`-XX:ArchiveClassesAtExit=${draft}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off'],
    async keep(endedInOrder) {
      if (!existsSync(draft)) return
      if (endedInOrder) await rename(draft, archive)
      else await rm(draft)
    },
  }
}

export const prepareArchives = async (folder: string): Promise<void> => void (await mkdir(folder, { recursive: true }))
