package io.nightjar.job.measure;

import java.io.Serializable;

/**
 * A scored image with the contents of its files.
 *
 * @param sha256 of the image's file, in hexadecimal
 * @param masks SHA-256 of the masks' files, one after the other; empty where none was read
 */
public record CountedImage(ScoredImage image, String sha256, String masks) implements Serializable {
  private static final long serialVersionUID = 1L;
}
