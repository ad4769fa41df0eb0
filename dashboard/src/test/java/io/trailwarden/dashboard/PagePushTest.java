package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.PushConnectionFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.atmosphere.cpr.AtmosphereResource;
import org.atmosphere.cpr.Broadcaster;
import org.junit.jupiter.api.Test;

class PagePushTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void aPageThatIsGoneIsNotWaitedFor() {
        var page = new UI();
        var connection = connected(page);
        connection.say();
        page.close();

        connection.disconnect();

        assertThat(done).containsExactly("closed");
        assertThat(connection.isConnected()).isFalse();
    }

    @Test
    void aPageThatIsThereHearsTheLastWord() {
        var connection = connected(new UI());
        connection.say();

        connection.disconnect();

        assertThat(done).containsExactly("waited", "closed");
    }

    @Test
    void aPageThatNeverListenedIsLeftInPeace() {
        var page = new UI();
        page.close();

        new PagePush().apply(page).disconnect();

        assertThat(done).isEmpty();
    }

    @Test
    void pagesGetThisOne() {
        assertThat(ServiceLoader.load(PushConnectionFactory.class)).singleElement().isInstanceOf(PagePush.class);
    }

    private Speaking connected(UI page) {
        var broadcaster = fake(Broadcaster.class, new Object[] {"broadcast", new Answer()});
        var connection = new Speaking(page);
        connection.connect(fake(AtmosphereResource.class, new Object[] {"getBroadcaster", broadcaster, "isResumed", false}));
        return connection;
    }

    /// Answers calls by their name with what follows it, and writes down that it was closed.
    private <T> T fake(Class<T> type, Object[] answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            for (int i = 0; i < answers.length; i += 2) {
                if (answers[i].equals(method.getName())) {
                    return answers[i + 1];
                }
            }
            if (method.getName().equals("close")) {
                done.add("closed");
                return null;
            }
            throw new UnsupportedOperationException(method.toString());
        }));
    }

    /// Writes down that somebody waited.
    private final class Answer extends CompletableFuture<Object> implements Future<Object> {
        @Override
        public Object get(long time, TimeUnit unit) {
            done.add("waited");
            return "sent";
        }
    }

    private static final class Speaking extends PagePush.Cut {

        Speaking(UI page) {
            super(page);
        }

        void say() {
            sendMessage("news");
        }
    }
}
