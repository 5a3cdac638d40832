import '@headwater/config/first-signal' // before all that takes long to load

await import('./start.ts')
