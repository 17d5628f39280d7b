"""Ways in which people wrap a question on Discord: markup and courtesies that say nothing about what is asked.

``{}`` marks the question. The first twenty were written before the code that handles them, the further ones after it.
"""

from __future__ import annotations

WRAPPINGS = {
    "custom emoji": "<:pepe_think:1098765432109876543> {} <a:party_blob:112233445566778899> <:hmm:998877665544332211>",
    "two mentions": "<@123456789012345678> <@!223456789012345678> {}",
    "role mention": "{} <@&323456789012345678> @everyone",
    "channel and server guide": "<#423456789012345678> {} <id:customize>",
    "timestamp and slash command": "<t:1700000000:R> {} </ask:523456789012345678>",
    "message link": "{} https://discord.com/channels/623456789012345678/723456789012345678/823456789012345678",
    "image link": "https://cdn.discordapp.com/attachments/62345678/72345678/cat_meme.png?ex=66a1&is=65f2&hm=ab01 {}",
    "spoiler": "||{}||",
    "code": "`{}`",
    "code block": "```\n{}\n```",
    "quote": "> {}",
    "heading": "## {}",
    "bold italic underline": "***__{}__***",
    "strike": "~~{}~~",
    "list": "1. {}",
    "masked link": "[{}](https://www.example.org/blog/ten-things-about-cats)",
    "emoji": "🤔🤔 {} 🙏🏽 👩‍💻 🇩🇪",
    "hey bot": "hey bot, {} thanks in advance!",
    "could you please": "please could you tell me {} please",
    "long courtesy": "Hi everyone! Hope you're all well. Quick question: {}? Any help is much appreciated :)",
}

FURTHER = {
    "greeting by name and good day": "Good evening folks, hope everyone's having a great week! {} Have a nice day :D",
    "new here": "so I'm new here and sorry if this has been asked before but {} thx a lot",
    "nobody knows": "does anyone here know {} lmao",
    "emoji names and emoticons": ":wave: {} :thinking: ;)",
    "signed": "{}\n\nThanks so much everyone, really appreciate it!\n",
    "spoilered bold heading": "# ||**{}**|| 👀",
    "suppressed preview": "{} (<https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s>)",
    "forwarded quote": ">>> *{}*\n<@!423456789012345678> <t:1712345678> 🔥🔥🔥",
    "polite adult": "Excuse me, I was just wondering if you could tell me {} If possible, please. Many thanks.",
    "picture and role": "<@&923456789012345678> pls {} <:kek:812345678901234567> https://tenor.com/view/cat-typing-gif-1234567",
}

EVERY_WRAPPING = {**WRAPPINGS, **FURTHER}
