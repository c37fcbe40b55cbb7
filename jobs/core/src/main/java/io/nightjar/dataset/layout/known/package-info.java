/**
 * The layouts of published data sets, as they are downloaded, and of folders of normal and
 * defective images. A layout says by a file's path what it is for; one reader for all of them finds
 * masks, settles every file, and refuses what cannot be used.
 */
package io.nightjar.dataset.layout.known;
