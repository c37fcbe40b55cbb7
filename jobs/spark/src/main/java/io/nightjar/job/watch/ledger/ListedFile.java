package io.nightjar.job.watch.ledger;

import java.io.Serializable;

/**
 * A file as a listing had it. Two listings have the same version of a file where all three agree.
 *
 * @param path below the watched folder, with slashes
 * @param length in bytes
 * @param modified when the file was written, in milliseconds since 1970, as its file system says
 */
public record ListedFile(String path, long length, long modified) implements Serializable {
  private static final long serialVersionUID = 1L;
}
