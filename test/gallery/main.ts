import { startGallery } from './server.ts';

const { url } = await startGallery(5199);
console.log(`The gallery is at ${url}?case=session`);
