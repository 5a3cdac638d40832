export { type PipelineOptions, type PipelineResult, runPipeline } from './run-pipeline.ts'
export { createStory, painter, type Story } from './story.ts'
