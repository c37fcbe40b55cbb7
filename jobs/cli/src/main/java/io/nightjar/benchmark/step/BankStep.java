package io.nightjar.benchmark.step;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.io.LZ4CompressionCodec;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag$;

/** The bank as Spark broadcasts it: serialised, compressed, and back. */
public final class BankStep implements StepBenchmark {

  @Override
  public StepResult run(BenchmarkContext context) {
    MemoryBank bank = context.sample().bank();
    SparkConf conf = context.session().sparkContext().getConf();
    SerializerInstance serializer = new JavaSerializer(conf).newInstance();
    LZ4CompressionCodec codec = new LZ4CompressionCodec(conf);
    byte[] serialised = serialised(serializer, bank);
    Map<Quantity, Double> work =
        Map.of(Quantity.ROWS, (double) bank.rows(), Quantity.MEGABYTES, serialised.length / 1e6);
    Candidate<byte[]> sent =
        Candidate.ours(
            "serialised and compressed",
            1,
            work,
            () -> compressed(codec, serialised(serializer, bank)));
    byte[] packed = compressed(codec, serialised);
    Candidate<MemoryBank> received =
        Candidate.ours(
            "unpacked and deserialised", 1, work, () -> unpacked(serializer, codec, packed));
    List<Measurement> measurements = StepComparison.run(context.options(), sent, received);
    boolean same = same(bank, received.result());
    return new StepResult(
        BenchmarkStep.BANK,
        measurements,
        List.of(
            new Check(
                "the bank that arrives",
                same,
                same ? "it is the one that was sent, bit for bit" : "it is another one")),
        Map.of(
            "rows",
            bank.rows(),
            "dimension",
            bank.dimension(),
            "serialised_bytes",
            serialised.length,
            "broadcast_bytes",
            packed.length,
            "search_native_bytes",
            4L * bank.rows() * bank.dimension()));
  }

  private static byte[] serialised(SerializerInstance serializer, MemoryBank bank) {
    ByteBuffer buffer = serializer.serialize(bank, ClassTag$.MODULE$.apply(MemoryBank.class));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] compressed(LZ4CompressionCodec codec, byte[] serialised) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(serialised.length);
    try (OutputStream out = codec.compressedOutputStream(bytes)) {
      out.write(serialised);
    } catch (IOException e) {
      throw new IllegalStateException("The bank cannot be compressed", e);
    }
    return bytes.toByteArray();
  }

  private static MemoryBank unpacked(
      SerializerInstance serializer, LZ4CompressionCodec codec, byte[] packed) throws IOException {
    byte[] serialised =
        codec.compressedInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    return serializer.deserialize(
        ByteBuffer.wrap(serialised), ClassTag$.MODULE$.apply(MemoryBank.class));
  }

  private static boolean same(MemoryBank one, MemoryBank other) {
    return one.dimension() == other.dimension()
        && one.rows() == other.rows()
        && Arrays.deepEquals(one.blocks().toArray(), other.blocks().toArray());
  }
}
