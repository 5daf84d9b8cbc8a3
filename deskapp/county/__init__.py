"""The county: the journals of many points united in one database that answers for all of them.

It knows what travels (:mod:`deskapp.exchange.bundle`), the law and what a case is (:mod:`deskapp.register.fold`); it has no register of its
own. The bundles it took lie as files under their hashes, and the database can be made anew from them.
"""
