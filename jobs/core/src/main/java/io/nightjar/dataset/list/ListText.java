package io.nightjar.dataset.list;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of a list in the encodings that editors and spreadsheets write: UTF-8 and UTF-16, with
 * or without a byte-order mark.
 */
final class ListText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ListText() {}

  /**
   * Decodes a list, without its byte-order mark.
   *
   * @param name of the list, for the refusal
   * @throws InvalidInputException if it is in another encoding
   */
  static String decode(byte[] content, String name) {
    Charset charset = charset(content);
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          Text.format(
              "The list %s is neither in UTF-8 nor in UTF-16; save it again as UTF-8 (in Excel:"
                  + " \"CSV UTF-8\").",
              name),
          e);
    }
  }

  /** Paths have more ASCII letters than others, each of which has a zero byte in UTF-16. */
  private static Charset charset(byte[] content) {
    if (begins(content, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    if (begins(content, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    int even = 0;
    int odd = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == 0) {
        if (i % 2 == 0) {
          even++;
        } else {
          odd++;
        }
      }
    }
    if (even + odd < content.length / 4 || even + odd == 0) {
      return StandardCharsets.UTF_8;
    }
    return odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  private static boolean begins(byte[] content, int first, int second) {
    return content.length >= 2 && (content[0] & 0xff) == first && (content[1] & 0xff) == second;
  }
}
