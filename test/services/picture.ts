/** Two grey panels beside each other on white, 96 × 48. */
const PANELS = Buffer.from(
  '/9j/2wBDABQUFBQVFBcZGRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////2wBDARQUFBQVFBcZGRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////wgARCAAwAGADASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAABQAEBgP/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIQAxAAAADYdEi0TCzXH9EOnaCTdYY3axtwOSsSVRdFzvRChKxJVFuw7gcnpzgmWgnosbR7EvnGG3Rh3Ws//8QAJxAAAAMFCAMBAAAAAAAAAAAAAAMEAQIFFaIRIDRTVHOCsgYSNUH/2gAIAQEAAT8Ai0WXpl55RR9jjPUT2K6mh0T2K6mh0T2K6mh0T2K6mh0QOJLVit8s873dYUIksUEHuulP2M9BM1udSwTNbnUsEzW51LBM1udSwIVyo5UW4+Za6238YI79VTw63fGcebsNEYxTm0y7DMaTy6iO/VU8Ot3xnHm7DRGMU5tMuwzGk8uojv1VPDrd8Zx5uw0RjFObTLsMxpPLqI79VTw63fGcebsNEYxTm0y7DMaTy6iLQlepXnmlEWuN9RIorpq3RIorpq3RIorpq3RIorpq3RA4atRq3zDyfR1pQiSNQee68U5az0EsW5NTBLFuTUwSxbk1MEsW5NTAhQqiVRb75djrLf1g/8QAFBEBAAAAAAAAAAAAAAAAAAAAQP/aAAgBAgEBPwAX/8QAFBEBAAAAAAAAAAAAAAAAAAAAQP/aAAgBAwEBPwAX/9k=',
  'base64',
);

/** A JPEG that can be decoded and whose bytes are those of no other name: the name stands in a comment. */
export function pictureOf(name: string): Buffer {
  const text = Buffer.from(name);
  const comment = Buffer.alloc(4);
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([PANELS.subarray(0, 2), comment, text, PANELS.subarray(2)]);
}
