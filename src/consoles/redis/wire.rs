//! What goes over the line to Redis and comes back: RESP, its protocol.
//!
//! A command is an array of byte strings. A reply begins with a byte that says what it is: `+` a
//! status, `-` an error, `:` a number, `$` bytes, `*` an array of replies. It is read only as far as
//! somebody wants to look at it, so a student's script cannot fill our memory with its answer.

use std::io;

use redis::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

/// How much of one reply is read, in bytes.
const MOST_BYTES: usize = 256 * 1024;
/// How deep arrays are followed.
const MOST_DEPTH: usize = 64;

/// One reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// `OK` and the like.
    Status(Vec<u8>),
    /// What went wrong.
    Error(Vec<u8>),
    /// A whole number.
    Integer(i64),
    /// Bytes.
    Bulk(Vec<u8>),
    /// Nothing.
    Nil,
    /// Replies in a row.
    Array {
        /// How many there are.
        len: usize,
        /// Those that were read.
        items: Vec<Reply>,
    },
}

impl Reply {
    /// An array that is complete.
    #[must_use]
    pub const fn array(items: Vec<Self>) -> Self {
        Self::Array {
            len: items.len(),
            items,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it is an error.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self, Self::Error(_))
    }
}

impl From<Value> for Reply {
    /// A reply that the driver read.
    fn from(value: Value) -> Self {
        match value {
            Value::Int(number) => Self::Integer(number),
            Value::BulkString(bytes) => Self::Bulk(bytes),
            Value::Array(items) => Self::array(items.into_iter().map(Self::from).collect()),
            Value::SimpleString(text) => Self::Status(text.into_bytes()),
            Value::Okay => Self::Status(b"OK".to_vec()),
            Value::ServerError(error) => {
                let detail = error.details().map(|detail| format!(" {detail}"));
                let text = format!("{}{}", error.code(), detail.unwrap_or_default());
                Self::Error(text.into_bytes())
            }
            // Of RESP3, which nobody asked for.
            _ => Self::Nil,
        }
    }
}

/// A command as it goes over the line.
#[must_use]
pub fn packed(words: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = format!("*{}\r\n", words.len()).into_bytes();
    for word in words {
        bytes.extend(format!("${}\r\n", word.len()).into_bytes());
        bytes.extend(word);
        bytes.extend(b"\r\n");
    }
    bytes
}

/// Reads replies.
pub struct Replies<S> {
    stream: BufReader<S>,
    left: usize,
}

impl<S: tokio::io::AsyncRead + Unpin + Send> Replies<S> {
    /// From this stream.
    pub fn of(stream: S) -> Self {
        Self {
            stream: BufReader::new(stream),
            left: MOST_BYTES,
        }
    }

    /// The next reply.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] if the server closed the connection; what is no RESP is
    /// [`io::ErrorKind::InvalidData`].
    pub async fn next(&mut self) -> io::Result<Reply> {
        self.left = MOST_BYTES;
        self.reply(0).await
    }

    /// Whether the last reply was left before its end; nothing more can be read then.
    pub const fn is_cut(&self) -> bool {
        self.left == 0
    }

    async fn reply(&mut self, depth: usize) -> io::Result<Reply> {
        let line = self.line().await?;
        let Some((&kind, rest)) = line.split_first() else {
            return Err(nonsense());
        };
        Ok(match kind {
            b'+' => Reply::Status(rest.to_vec()),
            b'-' => Reply::Error(rest.to_vec()),
            b':' => Reply::Integer(number(rest)?),
            b'$' => match usize::try_from(number(rest)?) {
                Ok(length) => Reply::Bulk(self.bytes(length).await?),
                Err(_) => Reply::Nil,
            },
            b'*' => match usize::try_from(number(rest)?) {
                Ok(len) => self.array(len, depth).await?,
                Err(_) => Reply::Nil,
            },
            _ => return Err(nonsense()),
        })
    }

    async fn array(&mut self, len: usize, depth: usize) -> io::Result<Reply> {
        let mut items = Vec::new();
        if depth == MOST_DEPTH {
            self.left = 0;
        }
        while items.len() < len && self.left > 0 {
            items.push(Box::pin(self.reply(depth + 1)).await?);
        }
        Ok(Reply::Array { len, items })
    }

    /// A line without its end. A status or an error is never long.
    async fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        (&mut self.stream)
            .take(most)
            .read_until(b'\n', &mut line)
            .await?;
        self.spend(line.len());
        match line.strip_suffix(b"\r\n") {
            Some(line) => Ok(line.to_vec()),
            None if line.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
            None => Err(nonsense()),
        }
    }

    async fn bytes(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length.min(self.left)];
        self.stream.read_exact(&mut bytes).await?;
        self.spend(length);
        if !self.is_cut() {
            self.stream.read_exact(&mut [0; 2]).await?;
        }
        Ok(bytes)
    }

    const fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
}

fn number(digits: &[u8]) -> io::Result<i64> {
    let text = str::from_utf8(digits).map_err(|_| nonsense())?;
    text.parse().map_err(|_| nonsense())
}

fn nonsense() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> (io::Result<Reply>, bool) {
        let mut replies = Replies::of(bytes);
        let reply = replies.next().await;
        (reply, replies.is_cut())
    }

    #[tokio::test]
    async fn replies_are_read() {
        let (reply, cut) = read(b"*4\r\n+OK\r\n:-2\r\n$3\r\na\r\n\r\n*-1\r\n").await;
        let items = vec![
            Reply::Status(b"OK".to_vec()),
            Reply::Integer(-2),
            Reply::Bulk(b"a\r\n".to_vec()),
            Reply::Nil,
        ];
        assert_eq!((reply.unwrap(), cut), (Reply::array(items), false));
        assert!(read(b"").await.0.is_err());
        assert!(read(b"?\r\n").await.0.is_err());
        assert!(read(b"$5\r\nab").await.0.is_err());
    }

    #[tokio::test]
    async fn a_long_reply_is_left_before_its_end() {
        let long = [
            b"*2\r\n$400000\r\n".to_vec(),
            vec![b'x'; 400_000],
            b"\r\n:1\r\n".to_vec(),
        ];
        let (reply, cut) = read(&long.concat()).await;
        let Reply::Array { len: 2, items } = reply.unwrap() else {
            panic!("an array of two")
        };
        assert!(cut && items.len() == 1);
        let deep = b"*1\r\n".repeat(10_000);
        assert!(read(&deep).await.1);
    }
}
