// Runs after npm packed a workspace.
import { restoreManifest } from './workspace-manifest.ts'

restoreManifest(process.cwd())
