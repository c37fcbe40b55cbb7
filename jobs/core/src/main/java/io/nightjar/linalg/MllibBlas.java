package io.nightjar.linalg;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/**
 * Which BLAS MLlib calculates with in a process that has loaded Nightjar's OpenBLAS.
 *
 * <p>The system property {@value #PROPERTY} chooses: {@code shared}, the default, sets MLlib's own
 * properties ({@code dev.ludovic.netlib.*.nativeLib}) where they are not set, so that it takes the
 * OpenBLAS that is loaded; {@code own} sets none, and MLlib looks for a BLAS itself. With another
 * OpenBLAS in the system that can end the process, since functions of the two then call one
 * another.
 */
enum MllibBlas {
  SHARED,
  OWN;

  /** The system property that chooses. */
  static final String PROPERTY = "nightjar.mllib.blas";

  /**
   * The choice.
   *
   * @throws InvalidInputException if the property names none
   */
  static MllibBlas requested() {
    String request = System.getProperty(PROPERTY, "shared").toLowerCase(Locale.ROOT);
    return switch (request) {
      case "shared" -> SHARED;
      case "own" -> OWN;
      default ->
          throw new InvalidInputException(
              Text.format(
                  "-D%s=%s is neither shared nor own: shared makes MLlib calculate with Nightjar's"
                      + " OpenBLAS, own leaves MLlib its choice.",
                  PROPERTY, request));
    };
  }
}
