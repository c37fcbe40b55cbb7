package io.nightjar.linalg;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses, once per process, the implementation of the matrix routines: OpenBLAS where its native
 * libraries load, plain Java otherwise, with one warning in the log.
 *
 * <p>The system property {@value #PROPERTY} overrides the choice: {@code native} fails where
 * OpenBLAS cannot be loaded, {@code java} never loads it, {@code auto} is the default. Their
 * results agree up to the rounding of sums. Plain Java gives the same bits on every platform;
 * OpenBLAS does so on one kind of processor.
 */
public final class LinearAlgebra {
  /** The system property that overrides the choice. */
  public static final String PROPERTY = "nightjar.linalg";

  private static final Logger LOG = LoggerFactory.getLogger(LinearAlgebra.class);

  private LinearAlgebra() {}

  /**
   * The implementation in use, for people and for a run's record: "OpenBLAS 0.3.30 for
   * linux-x86_64", for instance, or "Java".
   *
   * @throws InvalidInputException if the property names no choice, or asks for natives that cannot
   *     be loaded
   */
  public static String inUse() {
    return kernels().description();
  }

  /** Why OpenBLAS cannot be used here, in a sentence; empty where it can. Loads it. */
  public static String nativeProblem() {
    return OpenBlas.failure();
  }

  /** OpenBLAS with its version, or the BLAS that replaces it; empty where it cannot be used. */
  public static String nativeDescription() {
    return OpenBlas.description();
  }

  /** The routines of the implementation in use. */
  static Kernels kernels() {
    Choice choice = Chosen.CHOICE;
    if (choice.kernels() == null) {
      throw new InvalidInputException(choice.refusal());
    }
    return choice.kernels();
  }

  private static Choice choose(String request) {
    try {
      MllibBlas.requested();
    } catch (InvalidInputException e) {
      return refuse(e.getMessage());
    }
    return switch (request.toLowerCase(Locale.ROOT)) {
      case "auto" -> OpenBlas.failure().isEmpty() ? natives() : fallBack();
      case "java" -> {
        LOG.info("Matrices are multiplied in plain Java, as -D{}=java asks", PROPERTY);
        yield new Choice(new JavaKernels(), "");
      }
      case "native" -> OpenBlas.failure().isEmpty() ? natives() : refuse(OpenBlas.failure());
      default ->
          refuse(
              Text.format(
                  "-D%s=%s is none of auto, java and native: auto takes OpenBLAS where its native"
                      + " libraries load and plain Java otherwise.",
                  PROPERTY, request));
    };
  }

  private static Choice natives() {
    return new Choice(new OpenBlasKernels(), "");
  }

  private static Choice fallBack() {
    // The factors are measured: LinearAlgebraSpeed among the tests.
    LOG.warn(
        "{} Nightjar continues in plain Java: matrix products take 2 to 3 times as long, eigenvectors"
            + " about 10 times, and memory banks are kept on the Java heap; results can differ in their"
            + " last bits.",
        OpenBlas.failure());
    return new Choice(new JavaKernels(), "");
  }

  private static Choice refuse(String reason) {
    return new Choice(null, reason);
  }

  /** Kernels, or why the choice failed. */
  private record Choice(Kernels kernels, String refusal) {}

  /** Initialisation-on-demand holder: the choice is made once, when first needed. */
  private static final class Chosen {
    static final Choice CHOICE = choose(System.getProperty(PROPERTY, "auto"));
  }
}
