package io.nightjar.backbone.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The memory in which a network computes one batch at a time. Not thread-safe. */
public final class Session implements AutoCloseable {
  private final List<Block> slots = new ArrayList<>();
  private Block scratchpad;
  private final List<Pointer> memories = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private Pointer stream;

  private record Call(Pointer primitive, int count, Memory arguments) {}

  Session(List<Step> steps, long[] slotBytes) {
    try {
      allocate(steps, slotBytes);
    } catch (RuntimeException | OutOfMemoryError e) {
      // What there is of it would only make the lack of memory worse.
      close();
      throw e;
    }
  }

  private void allocate(List<Step> steps, long[] slotBytes) {
    for (long bytes : slotBytes) {
      slots.add(new Block(bytes));
    }
    scratchpad = new Block(steps.stream().mapToLong(s -> s.scratchpad().bytes()).max().orElse(0));
    for (Step step : steps) {
      calls.add(call(step));
    }
    PointerByReference created = new PointerByReference();
    OneDnn.require(
        Dnnl.dnnl_stream_create(created, OneDnn.engine(), Dnnl.IN_ORDER), "start a stream");
    stream = created.getValue();
  }

  private Call call(Step step) {
    int count = step.arguments().size() + 1;
    Memory arguments = new Memory((long) count * Dnnl.ARGUMENT_BYTES);
    arguments.clear();
    for (int i = 0; i < count - 1; i++) {
      Step.Argument argument = step.arguments().get(i);
      Pointer start = block(argument.place()).at(argument.byteOffset());
      put(arguments, i, argument.role(), memory(argument.format(), start));
    }
    put(
        arguments,
        count - 1,
        Dnnl.ARGUMENT_SCRATCHPAD,
        memory(step.scratchpad(), scratchpad.at(0)));
    return new Call(step.primitive(), count, arguments);
  }

  private static void put(Memory arguments, int index, int role, Pointer memory) {
    long start = (long) index * Dnnl.ARGUMENT_BYTES;
    arguments.setInt(start, role);
    arguments.setPointer(start + Dnnl.ARGUMENT_BYTES / 2, memory);
  }

  private Block block(Step.Place place) {
    if (place instanceof Step.Constant constant) {
      return constant.block();
    }
    return slots.get(((Step.Slot) place).number());
  }

  private Pointer memory(Format format, Pointer start) {
    PointerByReference created = new PointerByReference();
    OneDnn.require(
        Dnnl.dnnl_memory_create(created, format.description(), OneDnn.engine(), start),
        "name memory");
    memories.add(created.getValue());
    return created.getValue();
  }

  /** The values in a slot: an input before a run, an output after it. */
  public FloatBuffer slot(int number) {
    return slots.get(number).floats();
  }

  /** Computes the outputs from the inputs, on the calling thread alone. */
  public void run() {
    OneDnn.useOneThread();
    for (Call call : calls) {
      OneDnn.require(
          Dnnl.dnnl_primitive_execute(call.primitive(), stream, call.count(), call.arguments()),
          "run an operation");
    }
    OneDnn.require(Dnnl.dnnl_stream_wait(stream), "wait for its operations");
  }

  @Override
  public void close() {
    if (stream != null) {
      OneDnn.require(Dnnl.dnnl_stream_destroy(stream), "end a stream");
    }
    memories.forEach(memory -> OneDnn.require(Dnnl.dnnl_memory_destroy(memory), "free memory"));
    calls.forEach(call -> call.arguments().close());
    slots.forEach(Block::close);
    if (scratchpad != null) {
      scratchpad.close();
    }
  }
}
