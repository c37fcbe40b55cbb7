package io.nightjar.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import java.util.List;

/**
 * Pillow's antialiased bilinear resize of 8-bit images, as {@code dataset.image.BilinearResize} has
 * it, in operators that every runtime has. The operator Resize rounds otherwise.
 *
 * <p>An axis of {@code in} samples becomes one of {@code out}. With m the larger of the two, sample
 * t counts {@code n = max(0, 2 m - |(2 t + 1) out - (2 i + 1) in|)} in output i, so that its weight
 * is the whole number {@code w = floor(2^22 n / sum(n) + 1/2)}: Pillow's, in fixed point. A sum of
 * {@code w} times pixels does not fit into the 24 bits of a float32, so {@code w = 2^11 a + b} with
 * b from -1024 to 1023, and the sums of both are taken. They are whole numbers below 2^24 while an
 * axis is not reduced by more than a factor of 27, whatever the order of the sum, and exact also
 * where a device multiplies numbers of 11 bits (TF32). Each pass is rounded to 8 bits.
 */
final class ResizeSection {
  /** Of the 22 bits behind the binary point of a weight, those of its lower part. */
  private static final int LOW = 1 << 11;

  private final Operators operators;

  private ResizeSection(OnnxGraphBuilder graph, String part) {
    this.operators = new Operators(graph, part);
  }

  /** The image as float32 {@code [1, height, width, 3]} of whole numbers from 0 to 255. */
  static String add(OnnxGraphBuilder graph, String part, ImageInput image, int height, int width) {
    return new ResizeSection(graph, part).resize(image, height, width);
  }

  /** Along the rows first, as Pillow does. */
  private String resize(ImageInput image, int height, int width) {
    String across = pass(image.width(), width, image.columns());
    String lines = operators.transpose(operators.reshape(across, width, -1, 3), 1, 0, 2);
    String down = pass(image.height(), height, operators.reshape(lines, 0, (long) width * 3));
    return operators.reshape(down, 1, height, width, 3);
  }

  /** From {@code [in, n]} to {@code [out, n]}. */
  private String pass(String in, int out, String values) {
    String sums = operators.of("MatMul", weights(in, out), values);
    String high = operators.slice(sums, 0, out);
    String low = operators.slice(sums, out, 2L * out);
    // floor((2^11 high + low + 2^21) / 2^22), without leaving float32's whole numbers
    String carried = floorOfLow(operators.of("Add", low, operators.number((float) LOW * LOW / 2)));
    String whole = floorOfLow(operators.of("Add", high, carried));
    return operators.of("Min", whole, operators.number(255));
  }

  private String floorOfLow(String value) {
    return operators.of("Floor", operators.of("Mul", value, operators.number(1f / LOW)));
  }

  /** The weights' higher parts and below them their lower parts: float32 {@code [2 out, in]}. */
  private String weights(String in, int out) {
    String two = operators.whole(2);
    String one = operators.whole(1);
    String zero = operators.whole(0);
    String base = operators.whole(LOW);
    String samples =
        operators.of(
            "Mul",
            operators.of(
                "Add", operators.of("Mul", operators.of("Range", zero, in, one), two), one),
            operators.whole(out));
    String centres = operators.of("Mul", operators.reshape(oddNumbers(out), out, 1), in);
    String peak = operators.of("Mul", two, operators.of("Max", in, operators.whole(out)));
    String distance = operators.of("Abs", operators.of("Sub", samples, centres));
    String counts = operators.of("Max", operators.of("Sub", peak, distance), zero);
    String sum = operators.reduce("ReduceSum", counts, true, 1);
    String scaled = operators.of("Mul", counts, base);
    String high = operators.of("Div", scaled, sum);
    String rest = operators.of("Sub", scaled, operators.of("Mul", high, sum));
    String low =
        operators.of(
            "Div",
            operators.of("Add", operators.of("Mul", rest, base), operators.of("Div", sum, two)),
            sum);
    String carry = operators.of("Div", operators.of("Add", low, operators.whole(LOW / 2)), base);
    String both =
        operators.concat(
            0,
            List.of(
                operators.of("Add", high, carry),
                operators.of("Sub", low, operators.of("Mul", carry, base))));
    return operators.cast(both, DataType.FLOAT);
  }

  private String oddNumbers(int count) {
    long[] odd = new long[count];
    for (int i = 0; i < count; i++) {
      odd[i] = 2L * i + 1;
    }
    return operators.wholes(odd);
  }
}
