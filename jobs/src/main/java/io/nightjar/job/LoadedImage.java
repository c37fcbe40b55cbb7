package io.nightjar.job;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.RgbImage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An image ready for the trunk.
 *
 * @param ref where it came from
 * @param input the picture at the network's input size
 * @param width of the file's picture, in pixels
 * @param height of the file's picture, in pixels
 * @param sha256 of the file's bytes, in hexadecimal
 */
record LoadedImage(ImageRef ref, RgbImage input, int width, int height, String sha256) {

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
