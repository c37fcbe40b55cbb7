package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadFormatTest {

  /** Each as its specification has it begin, in hexadecimal. */
  @ParameterizedTest
  @CsvSource({
    "52494646 1a000000 57454250 56503820, WebP",
    "474946383961, GIF",
    "474946383761, GIF",
    "0000000c 6a502020 0d0a870a, JPEG 2000",
    "ff4fff51 002f, JPEG 2000",
    "0000000c 4a584c20 0d0a870a, JPEG XL",
    "ff0a, JPEG XL",
    "4949bc01, JPEG XR",
    "53494d504c4520203d, FITS",
    "762f3101, OpenEXR",
    "38425053 0001, Photoshop",
    "233f5241 4449414e 43450a, Radiance HDR",
    "44445320 7c000000, DDS",
    "50310a 3120, PBM",
    "50350a 36343020 3438300a 3235350a, PGM",
    "50320d0a 23206d61 6465, PGM",
    "503620 3634, PPM",
    "50370a 57494454 48203634, PAM",
    "50460a 36343020, PFM"
  })
  void formatsAreNamedByTheirFirstBytes(String start, String name) {
    assertThat(UnreadFormat.of(content(start))).contains(name);
  }

  /** A file type box: its size, {@code ftyp}, the major brand, a version, compatible brands. */
  @ParameterizedTest
  @CsvSource({
    "00000018 66747970 68656963 00000000 6d696631 68656963, HEIC",
    "0000001c 66747970 61766966 00000000, AVIF",
    "00000018 66747970 6d696631 00000000 6d696631 68656963, HEIC",
    "00000018 66747970 6d736631 00000000 6d736631 68657663, HEIC",
    "0000001c 66747970 6d696631 00000000 6d696631 61766966 6d696166, AVIF",
    "00000014 66747970 6d696631 00000000 6d696631, HEIF",
    "00000014 66747970 6d736631 00000000 6d736631 68656963, HEIF",
    "00000018 66747970 63727820 00000001 63727820 69736f6d, CR3"
  })
  void filesOfIsosContainerAreNamedByTheirCoding(String start, String name) {
    assertThat(UnreadFormat.of(content(start))).contains(name);
  }

  @Test
  void filmsAreNoImages() {
    assertThat(UnreadFormat.of(content("00000018 66747970 69736f6d 00000000 69736f6d 68656963")))
        .isEmpty();
  }

  @Test
  void dicomIsNamedBehindItsPreamble() {
    byte[] content = new byte[UnreadFormat.SIGNATURE_BYTES];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, content, 128, 4);
    assertThat(UnreadFormat.of(content)).contains("DICOM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "P1",
        "P1: the first of two parts",
        "P5 ",
        "P2 is the second part",
        "P7 follows",
        "PFx",
        "DDS and other abbreviations",
        "GIF8 is no version",
        "RIFF....WAVEfmt ",
        "ftyp",
        "\0\0\0\30ftyp",
        "\0\0\0\30ftypmi",
        "\u0089HDF\r\n\u001a\n"
      })
  void textAndOtherFilesAreNoImages(String text) {
    assertThat(UnreadFormat.of(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"89504e47", "ffd8ffe0", "424d", "49492a00", "4d4d002b"})
  void formatsThatAreReadAreNotAmongThem(String start) {
    assertThat(UnreadFormat.of(content(start))).isEmpty();
  }

  private static byte[] content(String start) {
    return Arrays.copyOf(HexFormat.of().parseHex(start.replace(" ", "")), 200);
  }
}
