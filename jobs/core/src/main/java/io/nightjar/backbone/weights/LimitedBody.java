package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** The body of a response, up to a number of bytes; a larger one is given up at once. */
final class LimitedBody<T> implements HttpResponse.BodySubscriber<T> {
  private final HttpResponse.BodySubscriber<T> into;
  private final long most;
  private final AtomicLong received;
  private Flow.Subscription subscription;
  private boolean refused;

  /**
   * @param received counts the bytes, for the one who watches the progress
   */
  LimitedBody(HttpResponse.BodySubscriber<T> into, long most, AtomicLong received) {
    this.into = into;
    this.most = most;
    this.received = received;
  }

  @Override
  public CompletionStage<T> getBody() {
    return into.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    into.onSubscribe(to);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    long bytes = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (refused) {
      return;
    }
    if (received.addAndGet(bytes) > most) {
      refused = true;
      subscription.cancel();
      into.onError(new IOException(Text.format("it has more than %d bytes", most)));
      return;
    }
    into.onNext(parts);
  }

  @Override
  public void onError(Throwable failure) {
    if (!refused) {
      into.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (!refused) {
      into.onComplete();
    }
  }
}
